import { LifecycleError, isLifecycleError } from '../../domain/kernel/errors.js';
import type { Digest } from '../../domain/kernel/digest.js';
import type { ApprovalRequest, RequestFile } from '../../domain/ports/approval-store.js';
import type { ApiStores, Principal } from './stores.js';

/** Does what a signer asks for; what they may not do, or sign for other content, is audited as an attempt. */
export async function auditRefusal<T>(
  attempts: ApiStores['attempts'],
  about: { principal: Principal; file: { request: Pick<ApprovalRequest, 'id' | 'project'> }; named: string },
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const isAttempt = isLifecycleError(error, 'NOT_ALLOWED') || isLifecycleError(error, 'CONFLICT');
    const { request } = about.file;
    if (isAttempt)
      await attempts.recordAttempt({
        project: request.project,
        actor: about.principal.id,
        subject: request.id,
        named: about.named,
        reason: error.message,
      });
    throw error;
  }
}

/** @throws LifecycleError CONFLICT where the signer saw something else than what the request binds. */
export function requireSameSubject({ request }: RequestFile, seen: Digest): void {
  if (request.subjectDigest === seen) return;
  throw new LifecycleError(
    'CONFLICT',
    `Request ${request.id} binds other content than what you saw. Look at it again.`,
    {
      subjectDigest: request.subjectDigest,
      seen,
    },
  );
}
