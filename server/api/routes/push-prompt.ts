import type { Handler } from 'hono';
import { projectQuerySchema } from '../../../domain/api/fields.js';
import { pushedPromptSchema, pushPromptSchema, type PushedPrompt } from '../../../domain/api/prompt.js';
import { parseName } from '../../../domain/kernel/units/name.js';
import { secretRefusal } from '../../../domain/lifecycle-file/find-secrets.js';
import { secretKindIn } from '../../../domain/lifecycle-file/secret-patterns.js';
import { LifecycleError } from '../../../domain/kernel/errors.js';
import type { ApiEnvironment } from '../environment.js';
import { projectOf, requireRole } from '../permissions.js';
import { PROMPT_ROLES, promptLine } from '../prompt-view.js';
import { readBody } from '../read-request.js';
import type { Route } from '../route.js';
import type { ApiStores } from '../stores.js';

/** POST /v1/prompts/:name/versions: keeps a text as the next version of a prompt; the same text is the same version. */
function pushPrompt({ prompts }: Pick<ApiStores, 'prompts'>): Handler<ApiEnvironment> {
  return async (c) => {
    const principal = c.get('principal');
    const project = projectOf(c);
    requireRole(principal, project, PROMPT_ROLES);
    const { text } = await readBody(c, pushPromptSchema);
    const secret = secretKindIn(text);
    if (secret !== undefined) throw new LifecycleError('INVALID_INPUT', secretRefusal(secret));
    const name = parseName(c.req.param('name') ?? '');
    const { version, isNew } = await prompts.push({ project, name, text, author: principal.id });
    const { aliases: _none, ...line } = promptLine(version, []);
    const answer: PushedPrompt = { ...line, isNew };
    return c.json(answer, isNew ? 201 : 200);
  };
}

export const pushPromptRoute: Route = {
  method: 'post',
  path: '/v1/prompts/:name/versions',
  operationId: 'pushPrompt',
  tag: 'prompts',
  summary: 'Keep a text as the next version of a prompt',
  roles: PROMPT_ROLES,
  request: { query: projectQuerySchema, body: pushPromptSchema },
  answers: {
    200: { description: 'The text already is this version.', schema: pushedPromptSchema },
    201: { description: 'A new version.', schema: pushedPromptSchema },
  },
  handler: pushPrompt,
};
