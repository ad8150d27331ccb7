import type { KeyObject } from 'node:crypto';
import type { Way } from '../../../domain/approvals/may-sign.js';
import {
  DELEGATION_PAYLOAD_TYPE,
  type DecisionStatement,
  type DelegationStatement,
} from '../../../domain/approvals/statement.js';
import { digestOf } from '../../../domain/evidence/canonical.js';
import { signStatement } from '../../../domain/evidence/dsse.js';
import type { ApprovalPolicy } from '../../../domain/kernel/approval-policy.js';
import type { ApprovalRequest, ApprovalTerms, StoredDelegation } from '../../../domain/ports/approval-store.js';
import { INSTANCE, openRequest } from '../approval-files.js';
import type { Lent, Moment } from './model.js';

export const HOUR = 3_600_000;
export const OPEN_MILLISECONDS = 168 * HOUR;

const iso = (moment: number): string => new Date(moment).toISOString();

/** A request about weights of its own: each number is another content. */
export function requestOf(
  { policy, parts }: { policy: ApprovalPolicy; parts: Moment['parts'] },
  openedAt: number,
  number: number,
): ApprovalRequest {
  const { requesters, ...involved } = parts;
  const [requester = 'ada', ...alsoRequested] = requesters;
  const terms: ApprovalTerms = { ...openRequest.terms, policy, requester, alsoRequested, ...involved, answers: [] };
  const weights = { ...openRequest.subject.weights, digest: digestOf(`weights ${number}`) };
  const subject = { ...openRequest.subject, weights };
  return {
    ...openRequest,
    id: `run-1.${number}`,
    subject,
    terms,
    subjectDigest: digestOf({ subject, terms }),
    policyDigest: digestOf(policy),
    openedAt: iso(openedAt),
    expiresAt: iso(openedAt + OPEN_MILLISECONDS),
  };
}

/** What somebody signs who approves in a way, unless `over` says otherwise. */
export function statementOf(
  { id, subjectDigest, policyDigest }: ApprovalRequest,
  { who, way, at }: { who: string; way: Way; at: number },
  over: Partial<DecisionStatement> = {},
): DecisionStatement {
  const { stage, role, via, delegation } = way;
  return {
    instance: INSTANCE,
    requestId: id,
    subjectDigest,
    policyDigest,
    principal: who,
    stage,
    role,
    verdict: 'approve',
    reason: 'the evidence holds',
    meaning: 'as it says',
    authn: { method: 'token', at: iso(at) },
    decidedAt: iso(at),
    ...(via !== null && { via }),
    ...(delegation !== null && { onBehalfOf: { principal: delegation.delegator, delegation: delegation.id } }),
    ...over,
  };
}

/** The row of a delegation, signed by this key. */
export function lentRow(id: string, lent: Lent, key: KeyObject): StoredDelegation {
  const { from: delegator, to: delegate, role } = lent;
  const [from, until] = [iso(lent.startsAt), iso(lent.endsAt)];
  const statement: DelegationStatement = {
    instance: INSTANCE,
    project: openRequest.project,
    delegator,
    delegate,
    role,
    from,
    until,
    reason: 'on leave for a while',
    authn: { method: 'token', at: from },
    decidedAt: from,
  };
  const envelope = signStatement(DELEGATION_PAYLOAD_TYPE, statement, key);
  return { id, delegator, delegate, role, from, until, revokedAt: null, envelope };
}
