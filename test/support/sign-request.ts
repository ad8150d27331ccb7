import type { KeyObject } from 'node:crypto';
import type { Database } from '../../db/pool.js';
import { createApprovalStore } from '../../db/stores/approval-store.js';
import { createDecisions } from '../../db/stores/decisions.js';
import {
  DECISION_PAYLOAD_TYPE,
  WAIVER_PAYLOAD_TYPE,
  type DecisionStatement,
  type WaiverStatement,
} from '../../domain/approvals/statement.js';
import { signStatement } from '../../domain/evidence/dsse.js';
import { isBlocking } from '../../domain/kernel/answers.js';

/** Ruth (risk) and Leo (legal) approve, and Leo waives what blocks: signed as the api signs, and stored. */
export async function signRequest(
  db: Database,
  {
    requestId,
    instance,
    privateKey,
    stages = { risk: 'release', legal: 'release' },
  }: {
    requestId: string;
    instance: string;
    privateKey: KeyObject;
    /** Where each signs. */
    stages?: { risk: string; legal: string };
  },
): Promise<void> {
  const decisions = createDecisions(db);
  const { request } = await createApprovalStore(db).load(requestId);
  const { subjectDigest, policyDigest, terms } = request;
  const at = new Date().toISOString();
  const signer = (principal: string, role: string) => ({
    instance,
    requestId,
    subjectDigest,
    policyDigest,
    principal,
    role,
    reason: 'the evidence holds',
    authn: { method: 'test', at },
    decidedAt: at,
  });
  for (const { question } of terms.answers.filter(isBlocking)) {
    const waived = { question, purpose: 'demonstration', until: '2099-01-01T00:00:00.000Z' };
    const statement: WaiverStatement = { ...signer('leo', 'legal'), ...waived };
    const { principal, role, reason } = statement;
    const envelope = signStatement(WAIVER_PAYLOAD_TYPE, statement, privateKey);
    await decisions.recordWaiver({ requestId, principal, role, reason, ...waived, envelope });
  }
  for (const [principal, role] of [
    ['ruth', 'risk'],
    ['leo', 'legal'],
  ] as const) {
    const said = { stage: stages[role], verdict: 'approve' } as const;
    const statement: DecisionStatement = { ...signer(principal, role), ...said, meaning: 'I approve this release' };
    const envelope = signStatement(DECISION_PAYLOAD_TYPE, statement, privateKey);
    const { reason } = statement;
    await decisions.recordDecision({ requestId, subjectDigest, principal, role, reason, ...said, envelope });
  }
}
