import { projectQuerySchema } from '../../../domain/api/fields.js';
import type { Route } from '../route.js';
import type { Handler } from 'hono';
import { z } from 'zod';
import { approvalListSchema, type ApprovalList } from '../../../domain/api/approval.js';
import { REQUEST_STATES } from '../../../domain/kernel/states.js';
import type { ApiEnvironment } from '../environment.js';
import { projectOf } from '../permissions.js';
import { readQuery } from '../read-request.js';
import type { ApiStores } from '../stores.js';

const querySchema = projectQuerySchema.extend({ state: z.enum(REQUEST_STATES).optional() });

/** GET /v1/approvals: what people were asked, latest first. */
function listApprovals({ views }: Pick<ApiStores, 'views'>): Handler<ApiEnvironment> {
  return async (c) => {
    const { state } = readQuery(c, querySchema);
    const lines = await views.approvals(projectOf(c), state);
    const approvals = lines.map(({ closedAt: _closedAt, closedReason: _closedReason, ...line }) => ({
      ...line,
      openedAt: line.openedAt.toISOString(),
      expiresAt: line.expiresAt.toISOString(),
    }));
    const answer: ApprovalList = { approvals };
    return c.json(answer);
  };
}

export const listApprovalsRoute: Route = {
  method: 'get',
  path: '/v1/approvals',
  operationId: 'listApprovals',
  tag: 'approvals',
  summary: 'What people were asked to sign',
  request: { query: querySchema },
  answers: { 200: { description: 'The requests, latest first.', schema: approvalListSchema } },
  handler: listApprovals,
};
