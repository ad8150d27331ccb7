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
export const signerOf = async (
  delegations: Pick<ApiStores['delegations'], 'toNow'>,
  principal: Principal,
  { request: { project } }: RequestFile,
): Promise<Signer> => signerIn(principal, project, await delegations.toNow(project, principal.id));

/** The caller as somebody who might sign in a project; those who let them sign are known. */
export const signerIn = (
  { id, kind, roles }: Principal,
  project: string,
  delegations: NonNullable<Signer['delegations']>,
): Signer => ({ principal: id, kind, roles: rolesIn({ roles }, project), delegations });
