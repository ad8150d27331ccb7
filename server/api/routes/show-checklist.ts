import { projectQuerySchema } from '../../../domain/api/fields.js';
import type { Route } from '../route.js';
import type { Handler } from 'hono';
import { checklistViewSchema, type ChecklistView } from '../../../domain/api/checklist.js';
import { answerChecklist } from '../../../domain/checklist/checklist.js';
import { checklistFacts } from '../checklist-facts.js';
import type { ApiEnvironment } from '../environment.js';
import { projectOf } from '../permissions.js';
import type { SigningKeys } from '../signing.js';
import type { ApiStores } from '../stores.js';

/** GET /v1/models/:version/checklist: every question, answered for a version and its deployment as they are now. */
function showChecklist(stores: ApiStores, keys: SigningKeys): Handler<ApiEnvironment> {
  return async (c) => {
    const versionId = c.req.param('version') ?? '';
    const facts = await checklistFacts(stores, keys, { project: projectOf(c), versionId });
    const { id, runId } = facts.version;
    const answer: ChecklistView = { versionId: id, runId, at: facts.now, answers: answerChecklist(facts) };
    return c.json(answer);
  };
}

export const showChecklistRoute: Route = {
  method: 'get',
  path: '/v1/models/:version/checklist',
  operationId: 'showChecklist',
  tag: 'models',
  summary: 'Every question of the checklist, answered for a version as it is now',
  request: { query: projectQuerySchema },
  answers: { 200: { description: 'The answers, with what each rests on.', schema: checklistViewSchema } },
  handler: showChecklist,
};
