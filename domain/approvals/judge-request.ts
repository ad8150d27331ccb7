import type { KeyObject } from 'node:crypto';
import { digestOf } from '../evidence/canonical.js';
import { openEnvelope } from '../evidence/dsse.js';
import { isBlocking } from '../kernel/answers.js';
import { tallyApproval, type ApprovalTally, type CountedDecision } from '../kernel/approval.js';
import type { ApprovalRequest, RequestFile, StoredDecision, StoredWaiver } from '../ports/approval-store.js';
import { requestersOf } from './requesters.js';
import {
  DECISION_PAYLOAD_TYPE,
  WAIVER_PAYLOAD_TYPE,
  decisionStatementSchema,
  waiverStatementSchema,
} from './statement.js';

export interface ApprovalJudgement extends ApprovalTally {
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
  for (const decision of file.decisions) {
    const reason = verifyDecision(request, decision, instance, publicKey);
    if (reason === null) counted.push(decision);
    else unverified.push({ id: decision.id, reason });
  }
  const waived = new Set<string>();
  for (const waiver of file.waivers) {
    const reason = verifyWaiver(request, waiver, { instance, publicKey, now: file.now });
    if (reason === null) waived.add(waiver.question);
    else unverified.push({ id: waiver.id, reason });
  }
  const unwaived = request.terms.answers
    .filter((answer) => isBlocking(answer) && !waived.has(answer.question))
    .map((answer) => answer.question);

  const tally = tallyApproval(request.terms.policy, requestersOf(request.terms), isIntact ? counted : []);
  const outcome = tally.outcome === 'approved' && unwaived.length > 0 ? 'pending' : tally.outcome;
  return { ...tally, outcome, unwaived, unverified };
}

function verifyDecision(
  request: ApprovalRequest,
  decision: StoredDecision,
  instance: string,
  publicKey: KeyObject,
): string | null {
  const parsed = decisionStatementSchema.safeParse(openEnvelope(DECISION_PAYLOAD_TYPE, decision.envelope, publicKey));
  if (!parsed.success) return 'its signature does not verify';
  const { data: signed } = parsed;
  const matches =
    bindsRequest(request, signed, instance) &&
    signed.principal === decision.principal &&
    signed.stage === decision.stage &&
    signed.role === decision.role &&
    signed.verdict === decision.verdict;
  return matches ? null : 'what was signed is not this decision on this request';
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
  if (policy.fourEyes.excludeRequester && requestersOf(request.terms).includes(signed.principal))
    return 'four eyes: they requested this run, or one that it rests on';
  if (!waiver.holdsRole) return `they do not hold the role ${signed.role}`;
  if (Date.parse(signed.until) <= Date.parse(context.now)) return `it ended on ${signed.until}`;
  return null;
}

const bindsRequest = (
  request: ApprovalRequest,
  signed: { instance: string; requestId: string; subjectDigest: string; policyDigest: string },
  instance: string,
): boolean =>
  signed.instance === instance &&
  signed.requestId === request.id &&
  signed.subjectDigest === request.subjectDigest &&
  signed.policyDigest === request.policyDigest;
