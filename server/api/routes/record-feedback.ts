import { projectQuerySchema } from '../../../domain/api/fields.js';
import type { Route } from '../route.js';
import type { Handler } from 'hono';
import { feedbackSchema, recordedFeedbackSchema, type RecordedFeedback } from '../../../domain/api/feedback.js';
import type { ApiEnvironment } from '../environment.js';
import { projectOf, requireRole } from '../permissions.js';
import { readBody } from '../read-request.js';
import type { ApiStores } from '../stores.js';

const ROLES = ['author', 'ml-lead', 'product', 'admin'] as const;

/** POST /v1/feedback: what items that an alias answered really were. */
function recordFeedback({ feedback }: Pick<ApiStores, 'feedback'>): Handler<ApiEnvironment> {
  return async (c) => {
    const principal = c.get('principal');
    const project = projectOf(c);
    requireRole(principal, project, ROLES);
    const { alias, labels } = await readBody(c, feedbackSchema);
    const { count } = await feedback.recordFeedback({ project, alias, principal: principal.id, items: labels });
    const answer: RecordedFeedback = { alias, recorded: count };
    return c.json(answer, 201);
  };
}

export const recordFeedbackRoute: Route = {
  method: 'post',
  path: '/v1/feedback',
  operationId: 'recordFeedback',
  tag: 'traffic',
  summary: 'Say what items that an alias answered really were',
  roles: ROLES,
  request: { query: projectQuerySchema, body: feedbackSchema },
  answers: { 201: { description: 'All labels are on record.', schema: recordedFeedbackSchema } },
  handler: recordFeedback,
};
