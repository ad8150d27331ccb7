import type { ApprovalRequest } from '../ports/approval-store.js';

/** Whether a statement is about exactly this request: what it names cannot be replayed on another. */
export const bindsRequest = (
  request: ApprovalRequest,
  signed: { instance: string; requestId: string; subjectDigest: string; policyDigest: string },
  instance: string,
): boolean =>
  signed.instance === instance &&
  signed.requestId === request.id &&
  signed.subjectDigest === request.subjectDigest &&
  signed.policyDigest === request.policyDigest;
