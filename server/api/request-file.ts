import type { ApprovalJudgement } from '../../domain/approvals/judge-request.js';
import type { Signer } from '../../domain/approvals/may-sign.js';
import type { RequestFile } from '../../domain/ports/approval-store.js';
import { requireVisible, rolesIn } from './permissions.js';
import type { ApiStores, Principal } from './stores.js';

/** A request of a project in which the caller has a part. @throws LifecycleError NOT_FOUND */
export async function loadVisible(
  approvals: ApiStores['approvals'],
  principal: Principal,
  requestId: string,
): Promise<RequestFile> {
  const file = await approvals.load(requestId);
  requireVisible(principal, file.request.project, `approval request ${requestId}`);
  return file;
}

/** The caller as somebody who might sign this request. */
export const signerOf = (principal: Principal, { request }: RequestFile): Signer => ({
  principal: principal.id,
  kind: principal.kind,
  roles: rolesIn(principal, request.project),
});

/** The file with only the decisions that verify. */
export const verifiedOnly = (file: RequestFile, { unverified }: ApprovalJudgement): RequestFile => ({
  ...file,
  decisions: file.decisions.filter(({ id }) => !unverified.some((other) => other.id === id)),
});
