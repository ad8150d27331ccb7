import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { judgeRequest } from '../../domain/approvals/judge-request.js';
import { DECISION_PAYLOAD_TYPE, WAIVER_PAYLOAD_TYPE } from '../../domain/approvals/statement.js';
import { digestOf } from '../../domain/evidence/canonical.js';
import { signStatement } from '../../domain/evidence/dsse.js';
import type { ApprovalRequest } from '../../domain/ports/approval-store.js';
import { createAccounts } from '../../db/stores/accounts.js';
import { createApprovalStore } from '../../db/stores/approval-store.js';
import { createDecisions, type NewDecision } from '../../db/stores/decisions.js';
import { ownDatabase } from '../support/own-database.js';
import { asOwner } from '../support/postgres.js';
import { PROJECT, seedRequest, seedRun } from '../support/seeded-project.js';

const keys = generateKeyPairSync('ed25519');
const INSTANCE = 'here';
const AT = '2026-01-02T00:00:00.000Z';
const UNTIL = '2999-01-01T00:00:00.000Z';

function signer(request: ApprovalRequest, principal: string, role: string) {
  const { id: requestId, subjectDigest, policyDigest } = request;
  const authn = { method: 'token', at: AT };
  return {
    instance: INSTANCE,
    requestId,
    subjectDigest,
    policyDigest,
    principal,
    role,
    reason: 'it holds',
    authn,
    decidedAt: AT,
  };
}

function decisionOf(
  request: ApprovalRequest,
  principal: string,
  role: string,
  verdict: 'approve' | 'reject' = 'approve',
): NewDecision {
  const statement = { ...signer(request, principal, role), stage: 'release', verdict, meaning: 'I approve' };
  const { requestId, subjectDigest, stage, reason } = statement;
  const envelope = signStatement(DECISION_PAYLOAD_TYPE, statement, keys.privateKey);
  return { requestId, subjectDigest, principal, stage, role, verdict, reason, envelope };
}

describe('approvals', () => {
  const opened = ownDatabase({ maxConnections: 20 });
  const open = async (expiresAfterMilliseconds?: number) =>
    seedRequest(opened.db, await seedRun(opened.db), expiresAfterMilliseconds);
  const events = async (action: string, requestId: string) =>
    (
      await opened.pool.query(
        `select 1 from audit_event where action = $1 and (subject = $2 or details->>'requestId' = $2)`,
        [action, requestId],
      )
    ).rowCount;

  it('opens one request per run, however often it is asked', async () => {
    const runId = await seedRun(opened.db);
    const all = await Promise.all(Array.from({ length: 5 }, () => seedRequest(opened.db, runId)));
    expect(new Set(all.map((request) => JSON.stringify(request))).size).toBe(1);
    expect(await events('approval.opened', all[0]?.id ?? '')).toBe(1);
  });

  it('attack 6: stores one row for fifty equal verdicts at once', async () => {
    const request = await open();
    const asked = decisionOf(request, 'ruth', 'risk');
    const { recordDecision } = createDecisions(opened.db);
    const answers = await Promise.all(Array.from({ length: 50 }, () => recordDecision(asked)));
    expect(new Set(answers.map((answer) => answer.decisionId)).size).toBe(1);
    expect(answers.filter((answer) => answer.isNew)).toHaveLength(1);
    expect((await createApprovalStore(opened.db).load(request.id)).decisions).toHaveLength(1);
    expect(await events('decision.recorded', request.id)).toBe(1);
  });

  it('attack 7: lets the first of two different verdicts of one person stand', async () => {
    const request = await open();
    const { recordDecision } = createDecisions(opened.db);
    const both = await Promise.allSettled([
      recordDecision(decisionOf(request, 'ruth', 'risk', 'approve')),
      recordDecision(decisionOf(request, 'ruth', 'risk', 'reject')),
    ]);
    expect(both.map((one) => one.status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(both.find((one) => one.status === 'rejected')?.reason).toMatchObject({ code: 'CONFLICT' });
  });

  it('takes no decision on a request that has ended, expired or binds something else', async () => {
    const { recordDecision } = createDecisions(opened.db);
    const store = createApprovalStore(opened.db);
    const closed = await open();
    const first = await recordDecision(decisionOf(closed, 'ruth', 'risk'));
    await store.close(closed.id, 'voided', 'a dataset changed');
    await store.close(closed.id, 'voided', 'a dataset changed');
    await expect(store.close(closed.id, 'approved', 'late')).rejects.toMatchObject({ code: 'CONFLICT' });
    await expect(recordDecision(decisionOf(closed, 'leo', 'legal'))).rejects.toThrow('it was voided');
    await expect(recordDecision(decisionOf(closed, 'ruth', 'risk'))).resolves.toEqual({ ...first, isNew: false });
    const expired = await open(1);
    await expect(recordDecision(decisionOf(expired, 'leo', 'legal'))).rejects.toThrow('has expired');
    const other = { ...decisionOf(await open(), 'leo', 'legal'), subjectDigest: digestOf('other') };
    await expect(recordDecision(other)).rejects.toMatchObject({ code: 'CONFLICT' });
    expect(await events('approval.closed', closed.id)).toBe(1);
  });

  it('hands out a file that verifies, with roles as they are now', async () => {
    const request = await open();
    const { recordDecision, recordWaiver } = createDecisions(opened.db);
    for (const [principal, role] of [
      ['ruth', 'risk'],
      ['leo', 'legal'],
    ] as const)
      await recordDecision(decisionOf(request, principal, role));
    const said = { ...signer(request, 'leo', 'legal'), question: 'QD3', purpose: 'demonstration', until: UNTIL };
    const { requestId, question, principal, role, reason, purpose, until } = said;
    const envelope = signStatement(WAIVER_PAYLOAD_TYPE, said, keys.privateKey);
    await recordWaiver({ requestId, question, principal, role, reason, purpose, until, envelope });
    const store = createApprovalStore(opened.db);
    const judged = judgeRequest(await store.load(request.id), INSTANCE, keys.publicKey);
    expect(judged).toMatchObject({ outcome: 'approved', unverified: [], unwaived: [] });

    const grant = { principal: 'ruth', project: PROJECT, role: 'risk' } as const;
    await asOwner(opened.db, (owner) => createAccounts(owner).revokeRole(grant, 'test'));
    const later = judgeRequest(await store.load(request.id), INSTANCE, keys.publicKey);
    expect(later).toMatchObject({ outcome: 'pending', missing: [{ role: 'risk', count: 1 }] });
    await asOwner(opened.db, (owner) => createAccounts(owner).grantRole(grant, 'test'));
  });

  it('keeps what a request binds, against the application too', async () => {
    const request = await open();
    const change = opened.pool.query(`update approval_request set expires_at = 'infinity' where id = $1`, [request.id]);
    await expect(change).rejects.toThrow('what was asked does not change');
  });

  it('audits a forged message once, whatever text it carries', async () => {
    const store = createApprovalStore(opened.db);
    const forged = `\u0000\ud800${'x'.repeat(10_000)}`;
    for (const _ of [1, 2]) await store.recordAttempt('run-0-release', forged, 'there is no such decision');
    expect(await events('attempt.refused', 'run-0-release')).toBe(1);
  });
});
