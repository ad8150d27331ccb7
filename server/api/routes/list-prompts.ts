import type { Handler } from 'hono';
import { projectQuerySchema } from '../../../domain/api/fields.js';
import { promptListSchema, type PromptList } from '../../../domain/api/prompt.js';
import type { ApiEnvironment } from '../environment.js';
import { projectOf } from '../permissions.js';
import { promptLine } from '../prompt-view.js';
import type { Route } from '../route.js';
import type { ApiStores } from '../stores.js';

/** GET /v1/prompts: the versions of all prompts of a project, latest first, without their texts. */
function listPrompts({ prompts }: Pick<ApiStores, 'prompts'>): Handler<ApiEnvironment> {
  return async (c) => {
    const project = projectOf(c);
    const [lines, aliases] = await Promise.all([prompts.list(project), prompts.aliases(project)]);
    const answer: PromptList = { prompts: lines.map((line) => promptLine(line, aliases)) };
    return c.json(answer);
  };
}

export const listPromptsRoute: Route = {
  method: 'get',
  path: '/v1/prompts',
  operationId: 'listPrompts',
  tag: 'prompts',
  summary: 'The versions of all prompts of a project, and the aliases that point at them',
  request: { query: projectQuerySchema },
  answers: { 200: { description: 'The versions, latest first, without their texts.', schema: promptListSchema } },
  handler: listPrompts,
};
