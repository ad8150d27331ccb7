import { digestOf } from '../../domain/evidence/canonical.js';
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

/**
 * @throws LifecycleError CONFLICT where the signer saw something else than what the request binds, or where what it
 * says is no longer what its digest was taken of: nobody signs for what somebody with the database has put there.
 */
export function requireSameSubject({ request }: RequestFile, seen: Digest): void {
  const { subject, terms } = request;
  if (digestOf({ subject, terms }) !== request.subjectDigest)
    throw new LifecycleError(
      'CONFLICT',
      `What request ${request.id} binds was altered in the database: its digest is another. Sign nothing; tell the operators.`,
    );
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
