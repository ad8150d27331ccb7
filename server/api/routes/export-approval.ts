import type { Handler } from 'hono';
import { APPROVAL_FILE_FORMAT, approvalFileSchema } from '../../../domain/approvals/approval-file.js';
import type { ApiEnvironment } from '../environment.js';
import { loadVisible } from '../request-file.js';
import type { Route } from '../route.js';
import type { SigningKeys } from '../signing.js';
import type { ApiStores } from '../stores.js';

/** GET /v1/approvals/:id/file: a request with every envelope, to be checked elsewhere. */
function exportApproval(
  { approvals, released }: Pick<ApiStores, 'approvals' | 'released'>,
  { instance, publicKey }: SigningKeys,
): Handler<ApiEnvironment> {
  return async (c) => {
    const file = await loadVisible(approvals, c.get('principal'), c.req.param('id') ?? '');
    const atRelease = file.request.state === 'approved' ? await released(file.request.runId) : undefined;
    return c.json({
      format: APPROVAL_FILE_FORMAT,
      instance,
      publicKey: publicKey.export({ type: 'spki', format: 'pem' }),
      file: atRelease?.request.id === file.request.id ? { ...file, ...atRelease } : file,
    });
  };
}

export const exportApprovalRoute: Route = {
  method: 'get',
  path: '/v1/approvals/:id/file',
  operationId: 'exportApproval',
  tag: 'approvals',
  summary: 'A request with every signature, to be checked elsewhere',
  description: 'Of an approved one, roles as they were held at the release; of another, as they are now.',
  answers: { 200: { description: 'The request and its envelopes (DSSE).', schema: approvalFileSchema } },
  handler: exportApproval,
};
