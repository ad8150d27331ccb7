import { approvalViewSchema } from '../../../domain/api/approval.js';
import type { Route } from '../route.js';
import type { Handler } from 'hono';
import { judgeRequest } from '../../../domain/approvals/judge-request.js';
import type { ApiEnvironment } from '../environment.js';
import { approvalView } from '../approval-view.js';
import { loadVisible, signerOf } from '../request-file.js';
import type { SigningKeys } from '../signing.js';
import type { ApiStores } from '../stores.js';

/** GET /v1/approvals/:id: all that a signer should see before they sign. */
function showApproval(
  { approvals, delegations }: Pick<ApiStores, 'approvals' | 'delegations'>,
  keys: SigningKeys,
): Handler<ApiEnvironment> {
  return async (c) => {
    const principal = c.get('principal');
    const file = await loadVisible(approvals, principal, c.req.param('id') ?? '');
    const judgement = judgeRequest(file, keys.instance, keys.publicKey);
    const signer = await signerOf(delegations, principal, file);
    return c.json(approvalView({ file, judgement, signer, via: principal.via, publicKey: keys.publicKey }));
  };
}

export const showApprovalRoute: Route = {
  method: 'get',
  path: '/v1/approvals/:id',
  operationId: 'showApproval',
  tag: 'approvals',
  summary: 'All that a signer should see before they sign',
  answers: { 200: { description: 'What is bound, who has signed, and who is missing.', schema: approvalViewSchema } },
  handler: showApproval,
};
