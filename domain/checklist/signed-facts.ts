import type { KeyObject } from 'node:crypto';
import { judgeRequest } from '../approvals/judge-request.js';
import {
  DECISION_PAYLOAD_TYPE,
  WAIVER_PAYLOAD_TYPE,
  decisionStatementSchema,
  waiverStatementSchema,
} from '../approvals/statement.js';
import { openEnvelope } from '../evidence/dsse.js';
import type { RequestFile } from '../ports/approval-store.js';
import type { Waiver } from './checklist-answer.js';
import type { ApprovalFacts } from './facts.js';

/**
 * What people signed on a request, in the words of the statements. What does not verify or count now is left out: a
 * waiver ends with its day and with the role of its signer.
 */
export function signedFacts(
  file: RequestFile,
  instance: string,
  publicKey: KeyObject,
): { approval: ApprovalFacts; waivers: Waiver[] } {
  const { request } = file;
  const { unverified, discounted } = judgeRequest(file, instance, publicKey);
  const isIntact = !unverified.some(({ id }) => id === request.id);
  const counts = ({ id }: { id: string }): boolean =>
    isIntact && ![...unverified, ...discounted].some((other) => other.id === id);
  const decisions = file.decisions
    .filter((decision) => counts(decision) && decision.verdict !== 'withdraw')
    .map(({ envelope }) => decisionStatementSchema.parse(openEnvelope(DECISION_PAYLOAD_TYPE, envelope, publicKey)))
    .map(({ principal, role, verdict, decidedAt }) => ({ principal, role, verdict, at: decidedAt }));
  const waivers = file.waivers
    .filter(counts)
    .map(({ envelope }) => waiverStatementSchema.parse(openEnvelope(WAIVER_PAYLOAD_TYPE, envelope, publicKey)))
    .map(({ question, principal, reason, purpose, until }) => ({
      question,
      by: principal,
      why: reason,
      purpose,
      until,
    }));
  const { id, state, subjectDigest, terms } = request;
  return { approval: { id, state, subjectDigest, policy: terms.policy.name, decisions }, waivers };
}
