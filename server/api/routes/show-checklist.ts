import type { Handler } from 'hono';
import type { ChecklistView } from '../../../domain/api/checklist.js';
import { answerChecklist } from '../../../domain/checklist/checklist.js';
import { checklistFacts } from '../checklist-facts.js';
import type { ApiEnvironment } from '../environment.js';
import { projectOf } from '../permissions.js';
import type { SigningKeys } from '../signing.js';
import type { ApiStores } from '../stores.js';

/** GET /v1/models/:version/checklist: every question, answered for a version and its deployment as they are now. */
export function showChecklist(stores: ApiStores, keys: SigningKeys): Handler<ApiEnvironment> {
  return async (c) => {
    const versionId = c.req.param('version') ?? '';
    const facts = await checklistFacts(stores, keys, { project: projectOf(c), versionId });
    const { id, runId } = facts.version;
    const answer: ChecklistView = { versionId: id, runId, at: facts.now, answers: answerChecklist(facts) };
    return c.json(answer);
  };
}
