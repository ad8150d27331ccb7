import type { KeyObject } from 'node:crypto';
import { digestOf } from '../evidence/canonical.js';
import { openEnvelope } from '../evidence/dsse.js';
import { isBlocking } from '../kernel/answers.js';
import { tallyApproval, type ApprovalTally, type CountedDecision } from '../kernel/approval.js';
import { whyInvolved } from '../kernel/approval-policy.js';
import type { ApprovalRequest, RequestFile, StoredWaiver } from '../ports/approval-store.js';
import { bindsRequest } from './binds-request.js';
import { involvedIn } from './involved.js';
import { WAIVER_PAYLOAD_TYPE, waiverStatementSchema } from './statement.js';
import { verifyDecision } from './verify-decision.js';

export interface ApprovalJudgement extends ApprovalTally {
  /** What verifies, as it is counted. */
  verified: CountedDecision[];
  /** Questions whose answer blocks and that nobody with the right role has waived in time. */
  unwaived: string[];
  /** Decisions and waivers whose signature or content does not hold. */
  unverified: { id: string; reason: string }[];
}

/**
 * Judges a request from what was signed, not from what the rows say: recomputes the subject digest, opens every
 * envelope under the trusted key, resolves roles as they are now, and only then counts. Used when a decision comes in,
 * when a run is released and, again, before a version is served.
 */
export function judgeRequest(file: RequestFile, instance: string, publicKey: KeyObject): ApprovalJudgement {
  const { request } = file;
  const unverified: ApprovalJudgement['unverified'] = [];
  const isIntact = digestOf({ subject: request.subject, terms: request.terms }) === request.subjectDigest;
  if (!isIntact) unverified.push({ id: request.id, reason: 'the bound content is not that of the subject digest' });

  const counted: CountedDecision[] = [];
  const context = { instance, publicKey, now: file.now };
  for (const decision of file.decisions) {
    const verified = verifyDecision(request, decision, context);
    if ('reason' in verified) unverified.push({ id: decision.id, reason: verified.reason });
    else counted.push(verified);
  }
  const waived = new Set<string>();
  for (const waiver of file.waivers) {
    const reason = verifyWaiver(request, waiver, context);
    if (reason === null) waived.add(waiver.question);
    else unverified.push({ id: waiver.id, reason });
  }
  const unwaived = request.terms.answers
    .filter((answer) => isBlocking(answer) && !waived.has(answer.question))
    .map((answer) => answer.question);

  const tally = tallyApproval(request.terms.policy, involvedIn(request.terms), isIntact ? counted : []);
  const outcome = tally.outcome === 'approved' && unwaived.length > 0 ? 'pending' : tally.outcome;
  return { ...tally, outcome, verified: isIntact ? counted : [], unwaived, unverified };
}

function verifyWaiver(
  request: ApprovalRequest,
  waiver: StoredWaiver,
  context: { instance: string; publicKey: KeyObject; now: string },
): string | null {
  const opened = openEnvelope(WAIVER_PAYLOAD_TYPE, waiver.envelope, context.publicKey);
  const parsed = waiverStatementSchema.safeParse(opened);
  if (!parsed.success) return 'its signature does not verify';
  const { data: signed } = parsed;
  if (!bindsRequest(request, signed, context.instance)) return 'what was signed is not about this request';
  if (signed.question !== waiver.question || signed.principal !== waiver.principal) return 'row and signature differ';
  if (signed.role !== request.terms.policy.waivers.role || signed.role !== waiver.role)
    return 'the policy lets another role waive';
  const { policy } = request.terms;
  const involved = whyInvolved(policy, involvedIn(request.terms), signed.principal);
  if (involved !== null) return involved;
  if (!waiver.holdsRole) return `they do not hold the role ${signed.role}`;
  if (Date.parse(signed.until) <= Date.parse(context.now)) return `it ended on ${signed.until}`;
  return null;
}
