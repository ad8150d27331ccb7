import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { approvalViewSchema } from '../../domain/api/approval.js';
import { problemSchema } from '../../domain/api/problem.js';
import { runListSchema, runViewSchema, startedRunSchema } from '../../domain/api/run.js';
import { digestOf } from '../../domain/evidence/canonical.js';
import { loadLifecycle } from '../../domain/lifecycle-file/load-lifecycle.js';
import { createApprovalStore } from '../../db/stores/approval-store.js';
import { createEvidenceStore } from '../../db/stores/evidence-store.js';
import { createDatabase } from '../../db/pool.js';
import { createApiStores } from '../../server/api/stores.js';
import { signedDecision } from '../support/approval-files.js';
import { openApi, type ApiUnderTest } from '../support/api-under-test.js';
import { factOf, seedRequest, seedRun } from '../support/seeded-project.js';
import { withFiles } from '../unit/lifecycle-file/example-files.js';

const REASON = 'the evidence holds';

describe('the api', () => {
  let api: ApiUnderTest;
  beforeAll(async () => {
    api = await openApi();
  });
  afterAll(() => api.close());

  const open = async (expiresAfterMilliseconds?: number) =>
    seedRequest(api.opened.db, await seedRun(api.opened.db), expiresAfterMilliseconds);
  const attemptsOn = async (subject: string) =>
    (
      await api.opened.pool.query<{ actor: string; details: { reason: string } }>(
        `select actor, details from audit_event where action = 'attempt.refused' and subject = $1`,
        [subject],
      )
    ).rows;
  const decisionsOn = async (requestId: string) =>
    (await api.opened.pool.query(`select 1 from decision where request_id = $1`, [requestId])).rowCount;

  describe('signing', () => {
    it('attack 2: refuses the launcher of the run, whatever roles they hold, and audits the attempt', async () => {
      const { id, subjectDigest } = await open();
      const decision = { verdict: 'approve', reason: REASON, subjectDigest };
      const refused = await api.ask(api.tokens.ada, 'POST', `/v1/approvals/${id}/decisions`, decision);
      expect(refused.status).toBe(403);
      expect(problemSchema.parse(refused.body)).toMatchObject({ code: 'NOT_ALLOWED', status: 403 });
      expect(refused.body['detail']).toMatch(/four eyes/);
      expect(await attemptsOn(id)).toMatchObject([
        { actor: 'ada', details: { reason: expect.stringMatching(/four/) } },
      ]);
      expect(await decisionsOn(id)).toBe(0);
    });

    it('attack 5: refuses a signature for other content than the request binds', async () => {
      const { id } = await open();
      const decision = { verdict: 'approve', reason: REASON, subjectDigest: digestOf('forged') };
      const refused = await api.ask(api.tokens.ruth, 'POST', `/v1/approvals/${id}/decisions`, decision);
      expect(refused.status).toBe(409);
      expect(await attemptsOn(id)).toHaveLength(1);
      expect(await decisionsOn(id)).toBe(0);
    });

    it('attack 6: gives fifty parallel decisions one row and fifty equal answers', async () => {
      const { id, subjectDigest } = await open();
      const decision = { verdict: 'approve', reason: REASON, subjectDigest };
      const answers = await Promise.all(
        Array.from({ length: 50 }, () => api.ask(api.tokens.ruth, 'POST', `/v1/approvals/${id}/decisions`, decision)),
      );
      expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
      expect(new Set(answers.map(({ body }) => JSON.stringify(body))).size).toBe(1);
      expect(answers[0]?.body).toMatchObject({ requestId: id, subjectDigest, role: 'risk', stage: 'release' });
      expect(await decisionsOn(id)).toBe(1);
    });

    it('attack 6: gives fifty decisions at two apis one row', async () => {
      const { id, subjectDigest } = await open();
      const other = createDatabase(api.database.appUrl);
      const asks = [api.ask, api.askWith({ stores: createApiStores(other.db) })];
      const decision = { verdict: 'approve', reason: REASON, subjectDigest };
      const answers = await Promise.all(
        Array.from({ length: 50 }, (_, at) =>
          asks[at % 2]!(api.tokens.ruth, 'POST', `/v1/approvals/${id}/decisions`, decision),
        ),
      );
      await other.close();
      expect(new Set(answers.map(({ body }) => JSON.stringify(body))).size).toBe(1);
      expect(await decisionsOn(id)).toBe(1);
    });

    it('does not pass off a forged row for what a person said', async () => {
      const { id, subjectDigest } = await open();
      const { envelope } = signedDecision('ruth', 'risk', { requestId: id, subjectDigest });
      const forged = { principal: 'ruth', role: 'risk', stage: 'release', verdict: 'approve' as const, reason: REASON };
      await api.stores.decisions.recordDecision({ requestId: id, subjectDigest, envelope, ...forged });
      const decision = { verdict: 'approve', reason: REASON, subjectDigest };
      const answer = await api.ask(api.tokens.ruth, 'POST', `/v1/approvals/${id}/decisions`, decision);
      expect(answer).toMatchObject({ status: 409, body: { detail: expect.stringMatching(/you did not sign/) } });
    });

    it('attack 7: lets one of two things stand that a person says in the same moment', async () => {
      const { id, subjectDigest } = await open();
      const say = (verdict: string) =>
        api.ask(api.tokens.ruth, 'POST', `/v1/approvals/${id}/decisions`, { verdict, reason: REASON, subjectDigest });
      const statuses = (await Promise.all([say('approve'), say('reject')])).map(({ status }) => status);
      expect(statuses.toSorted()).toEqual([201, 409]);
    });

    it('refuses roles that are not held, people who sign for a machine, and requests that have ended', async () => {
      const { id, subjectDigest } = await open();
      const decision = { verdict: 'approve', reason: REASON, subjectDigest };
      const path = `/v1/approvals/${id}/decisions`;
      expect((await api.ask(api.tokens.ruth, 'POST', path, { ...decision, role: 'legal' })).status).toBe(403);
      expect((await api.ask(api.tokens.robot, 'POST', path, decision)).status).toBe(403);
      expect((await api.ask(api.tokens.ruth, 'POST', path, { ...decision, role: 'product' })).status).toBe(422);
      await createApprovalStore(api.opened.db).close(id, 'voided', 'test');
      expect((await api.ask(api.tokens.ruth, 'POST', path, decision)).status).toBe(409);
      const expired = await open(1);
      const late = { ...decision, subjectDigest: expired.subjectDigest };
      expect((await api.ask(api.tokens.ruth, 'POST', `/v1/approvals/${expired.id}/decisions`, late)).status).toBe(409);
      expect(await decisionsOn(expired.id)).toBe(0);
    });

    it('refuses a short reason and an unknown key, and names the field', async () => {
      const { id, subjectDigest } = await open();
      const path = `/v1/approvals/${id}/decisions`;
      const short = { verdict: 'approve', reason: '123456789', subjectDigest };
      const refused = await api.ask(api.tokens.ruth, 'POST', path, short);
      expect(refused.status).toBe(422);
      expect(problemSchema.parse(refused.body).issues).toMatchObject([{ path: 'reason' }]);
      const surplus = { ...short, reason: REASON, status: 'approved' };
      expect((await api.ask(api.tokens.ruth, 'POST', path, surplus)).status).toBe(422);
    });

    it('leads to an approval that the view explains, step by step', async () => {
      const { id, subjectDigest } = await open();
      const view = async (token: string) =>
        approvalViewSchema.parse((await api.ask(token, 'GET', `/v1/approvals/${id}`)).body);
      expect((await view(api.tokens.ada)).viewer).toMatchObject({
        maySignAs: [],
        whyNot: expect.stringMatching(/four eyes/),
      });
      expect((await view(api.tokens.leo)).viewer).toMatchObject({
        maySignAs: [{ stage: 'release', role: 'legal' }],
        mayWaive: true,
        whyNot: null,
      });
      const decision = { verdict: 'approve', reason: REASON, subjectDigest };
      for (const token of [api.tokens.ruth, api.tokens.leo])
        expect((await api.ask(token, 'POST', `/v1/approvals/${id}/decisions`, decision)).status).toBe(201);
      expect(await view(api.tokens.leo)).toMatchObject({ outcome: 'pending', missing: [], unwaived: ['QD3'] });

      const waiver = { question: 'QD3', reason: REASON, purpose: 'demonstration', until: '2999-12-31', subjectDigest };
      const path = `/v1/approvals/${id}/waivers`;
      expect((await api.ask(api.tokens.ruth, 'POST', path, waiver)).status).toBe(403);
      expect((await api.ask(api.tokens.leo, 'POST', path, { ...waiver, until: '2020-01-01' })).status).toBe(422);
      expect((await api.ask(api.tokens.leo, 'POST', path, { ...waiver, question: 'QD1' })).status).toBe(422);
      const first = await api.ask(api.tokens.leo, 'POST', path, waiver);
      expect(first.body).toMatchObject({ question: 'QD3', until: '2999-12-31T00:00:00.000Z' });
      expect((await api.ask(api.tokens.leo, 'POST', path, waiver)).body).toEqual(first.body);
      const done = await view(api.tokens.leo);
      expect(done).toMatchObject({ outcome: 'approved', unwaived: [], isIntact: true });
      expect(done.decisions).toMatchObject([
        { principal: 'ruth', reason: REASON, problem: null },
        { principal: 'leo', problem: null },
      ]);
    });
  });

  describe('who is asking', () => {
    it('attack 19: refuses missing and unknown tokens, and tokens in the address, which no answer repeats', async () => {
      const unknown = `assay_${'A'.repeat(43)}`;
      for (const token of [undefined, 'assay_short', unknown])
        expect((await api.ask(token, 'GET', '/v1/whoami')).status).toBe(401);
      const inAddress = await api.ask(undefined, 'GET', `/v1/whoami?access_token=${api.tokens.ada}`);
      expect(inAddress.status).toBe(422);
      expect(JSON.stringify(inAddress.body)).not.toContain(api.tokens.ada);
    });

    it('attack 20: lets whoever tries many tokens wait, and nobody else', async () => {
      const ask = api.askWith({});
      const guess = () => ask(`assay_${randomBytes(32).toString('base64url')}`, 'GET', '/v1/whoami');
      expect((await ask(api.tokens.ruth, 'GET', '/v1/whoami')).status).toBe(200);
      for (let tried = 0; tried < 30; tried += 1) expect((await guess()).status).toBe(401);
      const stopped = await guess();
      expect(stopped).toMatchObject({ status: 429, body: { code: 'TOO_MANY' } });
      expect(Number(stopped.headers.get('retry-after'))).toBeGreaterThan(0);
      expect((await ask(api.tokens.ruth, 'GET', '/v1/whoami')).status).toBe(200);
    });

    it('refuses demo identities unless dev started it', async () => {
      const refused = await api.ask(api.tokens.demoRuth, 'GET', '/v1/whoami');
      expect(refused.status).toBe(401);
      expect(refused.body['detail']).toMatch(/demonstration/);
      const allowed = await api.askWith({ allowDemoIdentities: true })(api.tokens.demoRuth, 'GET', '/v1/whoami');
      expect(allowed.body).toMatchObject({ principal: 'demo-ruth', isDemo: true, roles: [{ role: 'risk' }] });
    });

    it('attack 21: hides what belongs to another project', async () => {
      const { id, runId, subjectDigest } = await open();
      const evidence = await createEvidenceStore(api.opened.db).keep(runId, 'fine-tune', factOf({ runId }));
      const paths = [
        `/v1/runs/${runId}`,
        `/v1/approvals/${id}`,
        `/v1/evidence/${evidence}`,
        '/v1/runs?project=default',
      ];
      for (const path of paths) expect((await api.ask(api.tokens.stranger, 'GET', path)).status, path).toBe(404);
      for (const path of paths) expect((await api.ask(api.tokens.ruth, 'GET', path)).status, path).toBe(200);
      const decision = { verdict: 'approve', reason: REASON, subjectDigest };
      const signed = await api.ask(api.tokens.stranger, 'POST', `/v1/approvals/${id}/decisions`, decision);
      expect(signed.status).toBe(404);
      const command = await api.ask(api.tokens.stranger, 'POST', `/v1/runs/${runId}/commands`, { kind: 'cancel' });
      expect(command.status).toBe(404);
    });
  });

  describe('runs', () => {
    it('starts a run of a plan once per start key, for authors only', async () => {
      const { plan } = await loadLifecycle(['assay.yaml'], withFiles());
      const start = { plan, startKey: 'first' };
      expect((await api.ask(api.tokens.ruth, 'POST', '/v1/runs', start)).status).toBe(403);
      const first = await api.ask(api.tokens.ada, 'POST', '/v1/runs', start);
      expect(first.status).toBe(201);
      const { runId } = startedRunSchema.parse(first.body);
      const again = await api.ask(api.tokens.ada, 'POST', '/v1/runs', start);
      expect(again.body).toEqual({ ...first.body, isNew: false });
      const other = { ...start, plan: { ...plan, purpose: 'Something else.' } };
      expect((await api.ask(api.tokens.ada, 'POST', '/v1/runs', other)).status).toBe(409);
      for (const startKey of ['schedule/nightly/2026-12-01T01:30:00Z', 'retrain/trigger-1'])
        expect((await api.ask(api.tokens.ada, 'POST', '/v1/runs', { plan, startKey })).status).toBe(422);
      const wrong = await api.ask(api.tokens.ada, 'POST', '/v1/runs', { plan: { ...plan, role: 'admin' } });
      expect(wrong.status).toBe(422);
      expect(problemSchema.parse(wrong.body).issues?.[0]?.message).toMatch(/role/);

      const shown = runViewSchema.parse((await api.ask(api.tokens.ruth, 'GET', `/v1/runs/${runId}`)).body);
      expect(shown).toMatchObject({ id: runId, status: 'requested', requestedBy: 'ada', stages: [], approvalId: null });
      const list = runListSchema.parse((await api.ask(api.tokens.ruth, 'GET', '/v1/runs?status=requested')).body);
      expect(list.runs.map(({ id }) => id)).toContain(runId);
    });

    it('records a command once per key', async () => {
      const runId = await seedRun(api.opened.db);
      const send = () =>
        api.ask(api.tokens.ada, 'POST', `/v1/runs/${runId}/commands`, { kind: 'pause' }, { 'idempotency-key': 'k' });
      const [first, second] = await Promise.all([send(), send()]);
      expect(first.status).toBe(202);
      expect(second.body).toEqual(first.body);
    });
  });

  describe('bodies', () => {
    it('refuses what is not JSON, is nested without end, or is too large', async () => {
      const post = (body: string, type = 'application/json') =>
        api.ask(api.tokens.ada, 'POST', '/v1/runs', body, { 'content-type': type });
      expect(await post('{"plan":')).toMatchObject({ status: 400, body: { code: 'NOT_JSON' } });
      expect(await post('{}', 'text/plain')).toMatchObject({ status: 415, body: { code: 'NOT_JSON' } });
      expect((await post(`{"plan":{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}}`)).status).toBe(400);
      expect((await post(`"${'x'.repeat(2 * 1024 * 1024)}"`)).status).toBe(413);
    });
  });

  it('answers with problem details, a request id and headers that keep answers out of pages and caches', async () => {
    const missing = await api.ask(api.tokens.ada, 'GET', '/v1/nothing');
    expect(problemSchema.parse(missing.body)).toMatchObject({ status: 404, code: 'NO_SUCH_ROUTE' });
    expect(missing.headers.get('content-type')).toBe('application/problem+json');
    expect(missing.headers.get('x-request-id')).toBe(missing.body['requestId']);
    expect(missing.headers.get('cache-control')).toBe('no-store');
  });

  it('names the methods that an address answers, and refuses parameters that it does not know', async () => {
    const wrong = await api.ask(api.tokens.ada, 'POST', '/v1/runs/run-1');
    expect(problemSchema.parse(wrong.body)).toMatchObject({ status: 405, code: 'WRONG_METHOD' });
    expect(wrong.headers.get('allow')).toBe('GET, HEAD');
    const misspelt = await api.ask(api.tokens.ada, 'GET', '/v1/runs?stauts=running');
    expect(misspelt).toMatchObject({ status: 422, body: { issues: [{ message: expect.stringMatching(/stauts/) }] } });
  });

  it('says nothing of the inside when something fails there', async () => {
    const runs = () => Promise.reject(new Error('secret inside'));
    const stores = { ...api.stores, views: { ...api.stores.views, runs } };
    const failed = await api.askWith({ stores })(api.tokens.ada, 'GET', '/v1/runs');
    expect(failed.status).toBe(500);
    expect(JSON.stringify(failed.body)).not.toContain('secret inside');
  });
});
