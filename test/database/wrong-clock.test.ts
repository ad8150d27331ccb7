import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { createApprovalActivities } from '../../activities/approvals.js';
import { approvalViewSchema } from '../../domain/api/approval.js';
import { judgeRequest } from '../../domain/approvals/judge-request.js';
import { decisionStatementSchema, DECISION_PAYLOAD_TYPE } from '../../domain/approvals/statement.js';
import { digestOf } from '../../domain/evidence/canonical.js';
import { openEnvelope } from '../../domain/evidence/dsse.js';
import type { ApprovalPolicy } from '../../domain/kernel/approval-policy.js';
import type { ApprovalRequest, ApprovalTerms } from '../../domain/ports/approval-store.js';
import { createApprovalStore } from '../../db/stores/approval-store.js';
import { createEvidenceStore } from '../../db/stores/evidence-store.js';
import { createRegistryStore } from '../../db/stores/registry-store.js';
import { createRunStore } from '../../db/stores/run-store.js';
import { INSTANCE, openRequest } from '../support/approval-files.js';
import { openApi, signingKeys, type ApiUnderTest } from '../support/api-under-test.js';
import { openBrowser } from '../support/browser.js';
import { givePassword, PASSWORD } from '../support/local-account.js';
import { addPerson } from '../support/people.js';
import { factOf, PROJECT, seedRun } from '../support/seeded-project.js';

const REASON = 'the evidence holds';
const URL = 'https://assay.test';
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const SECONDS = 30_000;

/** The processes of Assay may be wrong by days: what is due, over or too old is said by the database (X11). */
describe.each([
  ['two days ahead', 2 * DAY],
  ['two days behind', -2 * DAY],
])('with the clock of the process %s', (_, shift) => {
  let api: ApiUnderTest;
  let mia: string;
  beforeAll(async () => {
    api = await openApi();
    mia = await addPerson(api.opened.db, { id: 'mia', project: PROJECT, roles: ['viewer'] });
    await givePassword(api.opened.db, 'ruth');
  });
  afterAll(() => api.close());
  beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + shift }));
  afterEach(() => void vi.useRealTimers());

  const databaseNow = async (): Promise<number> => {
    const { rows } = await api.opened.pool.query<{ now: string }>(
      `select extract(epoch from clock_timestamp()) * 1000 as now`,
    );
    return Number(rows[0]?.now);
  };
  const iso = (moment: number): string => new Date(moment).toISOString();

  async function open(
    policy: Partial<ApprovalPolicy> = {},
    { expiresAfterMilliseconds = HOUR, answers = [] as ApprovalTerms['answers'] } = {},
  ): Promise<ApprovalRequest> {
    const runId = await seedRun(api.opened.db);
    const evidence = createEvidenceStore(api.opened.db);
    const fact = await evidence.keep(runId, 'evaluate', factOf({ runId }));
    const terms = { ...openRequest.terms, answers, policy: { ...openRequest.terms.policy, ...policy } };
    const subject = { ...openRequest.subject, evaluations: [fact], gateVerdicts: fact, dataAnswers: fact };
    return createApprovalStore(api.opened.db).open({
      id: `${runId}-release`,
      runId,
      project: PROJECT,
      subject,
      terms,
      subjectDigest: digestOf({ subject, terms }),
      policyDigest: digestOf(terms.policy),
      expiresAfterMilliseconds,
    });
  }
  const say = (request: ApprovalRequest, token: string) =>
    api.ask(token, 'POST', `/v1/approvals/${request.id}/decisions`, {
      verdict: 'approve',
      reason: REASON,
      subjectDigest: request.subjectDigest,
    });
  const load = ({ id }: ApprovalRequest) => createApprovalStore(api.opened.db).load(id);
  const judge = async (request: ApprovalRequest) => judgeRequest(await load(request), INSTANCE, signingKeys.publicKey);

  it('people sign at the time of the database, and are counted by a worker', async () => {
    const request = await open();
    const now = await databaseNow();
    expect(Math.abs(Date.now() - now)).toBeGreaterThan(DAY);
    for (const token of [api.tokens.ruth, api.tokens.leo]) expect((await say(request, token)).status).toBe(201);
    const { decisions } = await load(request);
    const opened = openEnvelope(DECISION_PAYLOAD_TYPE, decisions[0]!.envelope, signingKeys.publicKey);
    const signed = decisionStatementSchema.parse(opened);
    expect(Math.abs(Date.parse(signed.decidedAt) - now)).toBeLessThan(SECONDS);
    const { db } = api.opened;
    const worker = createApprovalActivities({
      runs: createRunStore(db),
      evidence: createEvidenceStore(db),
      approvals: createApprovalStore(db),
      registry: createRegistryStore(db),
      instance: INSTANCE,
      decisionPublicKey: signingKeys.publicKey,
    });
    expect(await worker.considerDecision({ requestId: request.id, decisionId: decisions[1]!.id })).toMatchObject({
      outcome: 'approved',
    });
  });

  it('a request expires when the database says so', async () => {
    const long = await open({}, { expiresAfterMilliseconds: HOUR });
    expect(Math.abs(Date.parse(long.expiresAt) - HOUR - (await databaseNow()))).toBeLessThan(SECONDS);
    const { body } = await api.ask(api.tokens.ruth, 'GET', `/v1/approvals/${long.id}`);
    expect(approvalViewSchema.parse(body).viewer).toMatchObject({ whyNot: null });
    const over = await open({}, { expiresAfterMilliseconds: 1 });
    expect((await say(over, api.tokens.ruth)).status).toBe(409);
  });

  it('a proof of who signs is as old as the database says', async () => {
    expect((await say(await open({ reauthenticate: '5m' }), api.tokens.ruth)).status).toBe(201);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect((await say(await open({ reauthenticate: '1ms' }), api.tokens.ruth)).status).toBe(403);
  });

  it('others may sign in the place of a role when the database says that the time has come', async () => {
    const stages = (after: string): ApprovalPolicy['stages'] => [
      { name: 'release', roles: [{ role: 'legal', count: 1, escalate: [{ after, to: 'risk' }] }] },
    ];
    expect((await say(await open({ stages: stages('1h') }), api.tokens.ruth)).status).toBe(403);
    const due = await open({ stages: stages('1ms') });
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect((await say(due, api.tokens.ruth)).status).toBe(201);
    expect(await judge(due)).toMatchObject({ outcome: 'approved', unverified: [] });
  });

  it('a delegation begins and ends by the clock of the database', async () => {
    const now = await databaseNow();
    const lend = (over: object) =>
      api.ask(api.tokens.ruth, 'POST', '/v1/delegations', {
        to: 'mia',
        role: 'risk',
        until: iso(now + HOUR),
        reason: 'On leave until Christmas.',
        ...over,
      });
    expect((await lend({ until: iso(now - HOUR) })).status).toBe(422);
    expect((await lend({ from: iso(now + HOUR), until: iso(now + 2 * HOUR) })).status).toBe(201);
    const request = await open();
    expect((await say(request, mia)).status).toBe(403);
    expect((await lend({})).status).toBe(201);
    expect((await say(request, mia)).status).toBe(201);
    expect(await judge(request)).toMatchObject({ missing: [{ role: 'legal' }], unverified: [] });
  });

  it('a waiver ends by the clock of the database', async () => {
    const request = await open({}, { answers: openRequest.terms.answers });
    const now = await databaseNow();
    const waive = (until: number) =>
      api.ask(api.tokens.leo, 'POST', `/v1/approvals/${request.id}/waivers`, {
        question: 'QD3',
        reason: REASON,
        purpose: 'demonstration',
        until: iso(until),
        subjectDigest: request.subjectDigest,
      });
    expect((await waive(now - HOUR)).status).toBe(422);
    expect((await waive(now + HOUR)).status).toBe(201);
    expect(await judge(request)).toMatchObject({ unwaived: [], unverified: [] });
  });

  it('tokens and sessions live as long as the database says', async () => {
    const made = await api.ask(api.tokens.ruth, 'POST', '/v1/tokens', {
      label: 'for a day',
      scopes: ['read'],
      expiresInDays: 1,
    });
    expect(made.status).toBe(201);
    // It ends with the token that made it, which is good for an hour.
    const lasts = Date.parse(String(made.body['expiresAt'])) - (await databaseNow());
    expect(lasts).toBeGreaterThan(HOUR / 2);
    expect(lasts).toBeLessThan(DAY + SECONDS);
    expect((await api.ask(String(made.body['token']), 'GET', '/v1/whoami')).status).toBe(200);

    const browser = openBrowser(api.appWith({ publicUrl: URL }), URL);
    await browser.ask('POST', '/v1/auth/local', { account: 'ruth', password: PASSWORD });
    expect((await browser.ask('GET', '/v1/whoami')).status).toBe(200);
    const [session] = (
      await api.opened.pool.query<{ lives: number }>(
        `select extract(epoch from expires_at - clock_timestamp()) as lives from session`,
      )
    ).rows;
    expect(Number(session?.lives)).toBeGreaterThan(11 * 3_600);
    expect(Number(session?.lives)).toBeLessThan(13 * 3_600);
    const ofSession = await browser.ask('POST', '/v1/tokens', { label: 'x', scopes: ['read'], expiresInDays: 1 });
    const day = Date.parse(String(ofSession.body['expiresAt'])) - (await databaseNow());
    expect(Math.abs(day - DAY)).toBeLessThan(SECONDS);
  });
});
