import type { Handler } from 'hono';
import { projectQuerySchema } from '../../../domain/api/fields.js';
import {
  promptAliasListSchema,
  promptAliasSchema,
  setPromptAliasSchema,
  type PromptAliasList,
  type PromptAliasView,
} from '../../../domain/api/prompt.js';
import { parseName } from '../../../domain/kernel/units/name.js';
import type { ApiEnvironment } from '../environment.js';
import { projectOf, requireRole } from '../permissions.js';
import { PROMPT_ROLES, promptAliasView } from '../prompt-view.js';
import { readBody } from '../read-request.js';
import type { Route } from '../route.js';
import type { ApiStores } from '../stores.js';

/** GET /v1/prompts/:name/aliases: where the aliases of a prompt point now. */
function listPromptAliases({ prompts }: Pick<ApiStores, 'prompts'>): Handler<ApiEnvironment> {
  return async (c) => {
    const aliases = await prompts.aliases(projectOf(c), c.req.param('name') ?? '');
    const answer: PromptAliasList = { aliases: aliases.map(promptAliasView) };
    return c.json(answer);
  };
}

/** POST /v1/prompts/:name/aliases/:alias: points an alias at a version, if it still is where the author saw it. */
function setPromptAlias({ prompts }: Pick<ApiStores, 'prompts'>): Handler<ApiEnvironment> {
  return async (c) => {
    const principal = c.get('principal');
    const project = projectOf(c);
    requireRole(principal, project, PROMPT_ROLES);
    const asked = await readBody(c, setPromptAliasSchema);
    const named = { name: parseName(c.req.param('name') ?? ''), alias: parseName(c.req.param('alias') ?? '') };
    const answer: PromptAliasView = promptAliasView(
      await prompts.setAlias({ project, ...named, ...asked, author: principal.id }),
    );
    return c.json(answer);
  };
}

export const listPromptAliasesRoute: Route = {
  method: 'get',
  path: '/v1/prompts/:name/aliases',
  operationId: 'listPromptAliases',
  tag: 'prompts',
  summary: 'Where the aliases of a prompt point',
  request: { query: projectQuerySchema },
  answers: { 200: { description: 'The aliases.', schema: promptAliasListSchema } },
  handler: listPromptAliases,
};

export const setPromptAliasRoute: Route = {
  method: 'post',
  path: '/v1/prompts/:name/aliases/:alias',
  operationId: 'setPromptAlias',
  tag: 'prompts',
  summary: 'Point an alias of a prompt at a version, by compare-and-swap',
  description:
    'A name for authors. What is served does not follow it: a prompt reaches callers through a run and its approval.',
  roles: PROMPT_ROLES,
  request: { query: projectQuerySchema, body: setPromptAliasSchema },
  answers: { 200: { description: 'Where the alias points now.', schema: promptAliasSchema } },
  handler: setPromptAlias,
};
