import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { approvalViewSchema } from '../../domain/api/approval.js';
import { triedPolicySchema } from '../../domain/api/policy.js';
import { judgeRequest } from '../../domain/approvals/judge-request.js';
import { digestOf } from '../../domain/evidence/canonical.js';
import type { ApprovalPolicy } from '../../domain/kernel/approval-policy.js';
import type { ApprovalRequest, ApprovalTerms } from '../../domain/ports/approval-store.js';
import { createApprovalStore } from '../../db/stores/approval-store.js';
import { createEvidenceStore } from '../../db/stores/evidence-store.js';
import { noteLapsed } from '../../db/stores/validity.js';
import { signAutomatic } from '../../server/api/automatic-approvals.js';
import { INSTANCE, openRequest } from '../support/approval-files.js';
import { openApi, signingKeys, type ApiUnderTest } from '../support/api-under-test.js';
import { addPerson } from '../support/people.js';
import { addVersion, point } from '../support/released-version.js';
import { PROJECT, factOf, seedRun } from '../support/seeded-project.js';
import { toyPlan } from '../support/toy-plan.js';

const REASON = 'the evidence holds';
const keys = { decisionKey: signingKeys.privateKey, publicKey: signingKeys.publicKey, instance: INSTANCE };

describe('what people say of a request', () => {
  let api: ApiUnderTest;
  let mia: string;
  beforeAll(async () => {
    api = await openApi();
    mia = await addPerson(api.opened.db, { id: 'mia', project: PROJECT, roles: ['viewer'] });
  });
  afterAll(() => api.close());

  /** A request under terms of its own, with gate verdicts and answers that are really on file. */
  async function open(
    policy: Partial<ApprovalPolicy> = {},
    over: Partial<ApprovalTerms> = {},
  ): Promise<ApprovalRequest> {
    const runId = await seedRun(api.opened.db);
    const evidence = createEvidenceStore(api.opened.db);
    const terms = { ...openRequest.terms, answers: [], ...over, policy: { ...openRequest.terms.policy, ...policy } };
    const gates = [{ gate: { task: 't', metric: 'f1-macro', kind: 'at-least' }, verdict: 'pass', statistic: 1, n: 9 }];
    const subject = {
      ...openRequest.subject,
      gateVerdicts: await evidence.keep(runId, 'evaluate', factOf({ runId, gates })),
      dataAnswers: await evidence.keep(runId, 'curate', factOf({ runId, answers: terms.answers })),
    };
    return createApprovalStore(api.opened.db).open({
      id: `${runId}-release`,
      runId,
      project: PROJECT,
      subject,
      terms,
      subjectDigest: digestOf({ subject, terms }),
      policyDigest: digestOf(terms.policy),
      expiresAfterMilliseconds: 60_000,
    });
  }
  const say = ({ id, subjectDigest }: ApprovalRequest, token: string, verdict: string, over: object = {}) =>
    api.ask(token, 'POST', `/v1/approvals/${id}/decisions`, { verdict, reason: REASON, subjectDigest, ...over });
  const view = async ({ id }: ApprovalRequest, token = api.tokens.ruth) =>
    approvalViewSchema.parse((await api.ask(token, 'GET', `/v1/approvals/${id}`)).body);
  const judge = async ({ id }: ApprovalRequest) =>
    judgeRequest(await createApprovalStore(api.opened.db).load(id), INSTANCE, signingKeys.publicKey);

  it('is taken back by a withdrawal, and may then be said otherwise, once', async () => {
    const request = await open();
    expect((await say(request, api.tokens.ruth, 'withdraw')).status).toBe(409);
    expect((await say(request, api.tokens.ruth, 'approve')).status).toBe(201);
    expect((await say(request, api.tokens.ruth, 'reject')).status).toBe(409);
    const back = await Promise.all(Array.from({ length: 5 }, () => say(request, api.tokens.ruth, 'withdraw')));
    // Who lost the race found nothing left to take back.
    expect(back.every(({ status }) => status === 201 || status === 409)).toBe(true);
    expect(back.some(({ status }) => status === 201)).toBe(true);
    expect(await judge(request)).toMatchObject({ outcome: 'pending', unverified: [] });
    expect((await view(request)).viewer.said).toEqual([]);
    expect((await say(request, api.tokens.ruth, 'reject')).status).toBe(201);
    const { decisions, outcome } = await view(request);
    expect(outcome).toBe('rejected');
    expect(decisions.map(({ verdict }) => verdict)).toEqual(['approve', 'withdraw', 'reject']);
    expect(decisions[0]?.problem).toBe('its signer took it back');
    expect(decisions[2]?.supersedes).toBe(decisions[1]?.id);
  });

  it('may be an abstention or a wish for changes; an approval may have conditions, and nothing else', async () => {
    const request = await open();
    expect((await say(request, api.tokens.ruth, 'abstain')).status).toBe(201);
    expect((await say(request, api.tokens.leo, 'reject', { conditions: ['none of it'] })).status).toBe(422);
    const conditions = ['only for mail in English'];
    expect((await say(request, api.tokens.leo, 'approve', { conditions })).status).toBe(201);
    const seen = await view(request);
    expect(seen).toMatchObject({ outcome: 'pending', missing: [{ role: 'risk', count: 1 }] });
    expect(seen.decisions[1]).toMatchObject({ conditions, meaning: expect.stringContaining('approve its release') });
    const changes = await open();
    await say(changes, api.tokens.leo, 'request-changes');
    expect((await view(changes)).outcome).toBe('changes-requested');
  });

  describe('for another', () => {
    const delegate = (token: string, over: object = {}) =>
      api.ask(token, 'POST', '/v1/delegations', {
        to: 'mia',
        role: 'risk',
        until: new Date(Date.now() + 3_600_000).toISOString(),
        reason: 'On leave until Christmas.',
        ...over,
      });

    it('counts as the voice of who lets them, and no more once that was taken back', async () => {
      const request = await open();
      expect((await say(request, mia, 'approve')).status).toBe(403);
      const given = await delegate(api.tokens.ruth);
      expect(given).toMatchObject({ status: 201, body: { delegator: 'ruth', delegate: 'mia', revokedAt: null } });
      const mayNow = { stage: 'release', role: 'risk', via: null, onBehalfOf: 'ruth' };
      expect((await view(request, mia)).viewer.maySignAs).toEqual([mayNow]);
      expect((await say(request, mia, 'approve')).status).toBe(201);
      expect((await say(request, api.tokens.ruth, 'approve')).body['detail']).toMatch(/already signed as risk/);
      expect((await view(request)).decisions[0]).toMatchObject({ principal: 'mia', onBehalfOf: 'ruth', problem: null });
      expect((await judge(request)).missing).toEqual([{ stage: 'release', role: 'legal', count: 1 }]);
      const path = `/v1/delegations/${String(given.body['id'])}/revoke`;
      expect((await api.ask(mia, 'POST', path, {})).status).toBe(404);
      expect((await api.ask(api.tokens.ruth, 'POST', path, {})).status).toBe(200);
      expect((await api.ask(api.tokens.ruth, 'POST', path, {})).status).toBe(409);
      const judged = await judge(request);
      expect(judged.unverified).toEqual([]);
      expect(judged.discounted).toMatchObject([{ reason: 'the delegation was taken back' }]);
    });

    it('never lets in who asked for the run, nor who stands in for them', async () => {
      const request = await open();
      // ada asked for the run; she holds the role risk, too.
      expect((await delegate(api.tokens.ada)).status).toBe(201);
      expect((await say(request, mia, 'approve', { onBehalfOf: 'ada' })).body['detail']).toMatch(/four eyes/);
      expect((await delegate(api.tokens.ruth, { to: 'ada' })).status).toBe(201);
      expect((await say(request, api.tokens.ada, 'approve', { onBehalfOf: 'ruth' })).status).toBe(403);
    });

    it.each([
      ['a role that is not held', { role: 'legal' }, 403],
      ['oneself', { to: 'ruth' }, 422],
      ['somebody without a part in the project', { to: 'sam' }, 409],
      ['a service', { to: 'robot' }, 409],
      ['a time that has passed', { until: '2020-01-01T00:00:00Z' }, 422],
      ['a time without end', { until: '2999-01-01T00:00:00Z' }, 422],
      ['a beginning in the past', { from: '2020-01-01T00:00:00Z' }, 422],
    ])('is not let for %s', async (_, over, status) => {
      expect((await delegate(api.tokens.ruth, over)).status).toBe(status);
    });
  });

  it('asks for a recent proof of who signs, where the policy does', async () => {
    const request = await open({ reauthenticate: '5m' });
    expect((await say(request, api.tokens.ruth, 'approve')).status).toBe(201);
    const old = { ...(await createApprovalStore(api.opened.db).load(request.id)) };
    const [decision] = old.decisions;
    // The same statement ten minutes later would not verify: the proof stands in it.
    const stale = structuredClone(request.terms.policy);
    stale.reauthenticate = '1ms';
    const terms = { ...request.terms, policy: stale };
    const rebound = {
      ...request,
      terms,
      subjectDigest: digestOf({ subject: request.subject, terms }),
      policyDigest: digestOf(stale),
    };
    const judged = judgeRequest({ ...old, request: rebound, decisions: [decision!] }, INSTANCE, signingKeys.publicKey);
    expect(judged.unverified).toHaveLength(1);
  });

  describe('a policy', () => {
    const when = 'risk == "low" && gates.all(g, g.verdict == "pass")';

    it('lets a low risk through by itself, signed with what it was asked about', async () => {
      const request = await open({ automatic: { when } }, { risk: 'low' });
      await api.stores.policies.keep({ project: PROJECT, body: request.terms.policy, by: 'ada' });
      await Promise.all([signAutomatic(api.stores, keys), signAutomatic(api.stores, keys)]);
      expect(await judge(request)).toMatchObject({ outcome: 'approved', unverified: [] });
      const { decisions } = await view(request);
      expect(decisions).toMatchObject([
        { principal: 'assay-policy', verdict: 'approve', automatic: { when, inputs: { risk: 'low', costUsd: 0 } } },
      ]);
      expect(await signAutomatic(api.stores, keys)).toBe(0);
    });

    it('leaves a high risk to people, and what a policy says that nobody used', async () => {
      const high = await open({ automatic: { when } }, { risk: 'high' });
      const forged = await open({ name: 'forged', automatic: { when: 'true' } });
      await signAutomatic(api.stores, keys);
      for (const request of [high, forged]) {
        expect(await judge(request)).toMatchObject({ outcome: 'pending' });
        expect((await view(request)).decisions).toEqual([]);
      }
      const asked = await api.opened.pool.query(
        `select subject, details ->> 'reason' as reason from audit_event where action = 'policy.asked' and subject = any ($1)`,
        [[high.id, forged.id]],
      );
      expect(Object.fromEntries(asked.rows.map(({ subject, reason }) => [subject, reason]))).toEqual({
        [high.id]: 'the expression does not hold',
        [forged.id]: 'nobody who may start runs has used this policy',
      });
    });

    it('is one content for one version', async () => {
      const plan = toyPlan();
      const started = (over: Partial<ApprovalPolicy>) => {
        const approve = { ...plan.approve, policy: { ...plan.approve.policy, name: 'kept', ...over } };
        return api.ask(api.tokens.ada, 'POST', '/v1/runs', { plan: { ...plan, approve } });
      };
      expect((await started({})).status).toBe(201);
      expect((await started({})).status).toBe(201);
      const refused = await started({ distinctPeople: false });
      expect(refused).toMatchObject({ status: 409, body: { detail: expect.stringMatching(/Count its version up/) } });
      expect((await started({ distinctPeople: false, version: 2 })).status).toBe(201);
      const { body } = await api.ask(api.tokens.ruth, 'GET', '/v1/policies');
      const kept = (body['policies'] as { name: string; version: number }[]).filter(({ name }) => name === 'kept');
      expect(kept.map(({ version }) => version)).toEqual([2, 1]);
    });

    it('is tried on what people signed before, and nothing is written', async () => {
      const request = await open();
      for (const token of [api.tokens.ruth, api.tokens.leo]) await say(request, token, 'approve');
      await createApprovalStore(api.opened.db).close(request.id, 'approved', 'test');
      const before = await api.opened.pool.query('select count(*) from audit_event');
      const strict = {
        ...openRequest.terms.policy,
        name: 'strict',
        stages: [{ name: 'release', roles: [{ role: 'risk', count: 2 }] }],
      };
      const answer = await api.ask(api.tokens.ruth, 'POST', '/v1/policies/try', { policy: strict, limit: 200 });
      const { requests } = triedPolicySchema.parse(answer.body);
      expect(requests.find(({ requestId }) => requestId === request.id)).toMatchObject({
        state: 'approved',
        wouldBe: 'pending',
        missing: [{ role: 'risk', count: 1 }],
        discounted: [{ principal: 'leo', role: 'legal', reason: 'the policy asks for no legal in release' }],
        automatic: null,
      });
      expect((await api.opened.pool.query('select count(*) from audit_event')).rows).toEqual(before.rows);
      const bad = await api.ask(api.tokens.ruth, 'POST', '/v1/policies/try', { policy: { ...strict, stages: [] } });
      expect(bad.status).toBe(422);
    });

    it('says once that an approval ran out while its version serves', async () => {
      const released = await addVersion(api.opened.db);
      const { id, runId, subject, terms } = released.request;
      const store = createApprovalStore(api.opened.db);
      await store.close(id, 'voided', 'made way');
      const short = { ...terms, policy: { ...terms.policy, validity: { for: '1ms', whenEnded: 'alarm' as const } } };
      const renewed = await store.open({
        id: `${id}.2`,
        runId,
        project: PROJECT,
        subject,
        terms: short,
        subjectDigest: digestOf({ subject, terms: short }),
        policyDigest: digestOf(short.policy),
        expiresAfterMilliseconds: 60_000,
      });
      await store.close(renewed.id, 'approved', 'test');
      await point(api.opened.db, [[{ ...released, request: renewed }, 100]]);
      await new Promise((resolve) => setTimeout(resolve, 5));
      expect(await noteLapsed(api.opened.db)).toBe(1);
      expect(await noteLapsed(api.opened.db)).toBe(0);
    });
  });
});
