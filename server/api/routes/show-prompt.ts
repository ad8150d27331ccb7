import type { Handler } from 'hono';
import { projectQuerySchema } from '../../../domain/api/fields.js';
import { promptViewSchema, type PromptView } from '../../../domain/api/prompt.js';
import type { ApiEnvironment } from '../environment.js';
import { projectOf } from '../permissions.js';
import { askedPrompt, promptLine } from '../prompt-view.js';
import type { Route } from '../route.js';
import type { ApiStores } from '../stores.js';

/** GET /v1/prompts/:reference: a version with its text, by number, by alias, or the latest. */
function showPrompt({ prompts }: Pick<ApiStores, 'prompts'>): Handler<ApiEnvironment> {
  return async (c) => {
    const project = projectOf(c);
    const version = await prompts.find(project, askedPrompt(c.req.param('reference') ?? ''));
    const aliases = await prompts.aliases(project, version.name);
    const answer: PromptView = { ...promptLine(version, aliases), text: version.text };
    return c.json(answer);
  };
}

export const showPromptRoute: Route = {
  method: 'get',
  path: '/v1/prompts/:reference',
  operationId: 'showPrompt',
  tag: 'prompts',
  summary: 'A version of a prompt: `triage@3`, `triage:best`, or `triage` for the latest',
  request: { query: projectQuerySchema },
  answers: { 200: { description: 'The version with its text.', schema: promptViewSchema } },
  handler: showPrompt,
};
