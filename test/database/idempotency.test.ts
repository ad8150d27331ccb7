import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { problemSchema } from '../../domain/api/problem.js';
import { createDatabase } from '../../db/pool.js';
import { forgetAnswers } from '../../db/stores/answer-once.js';
import { createApiStores } from '../../server/api/stores.js';
import { openApi, type ApiUnderTest } from '../support/api-under-test.js';
import { addPerson } from '../support/people.js';
import { asOwner } from '../support/postgres.js';
import { PROJECT, seedRequest, seedRun } from '../support/seeded-project.js';

describe('a POST with an Idempotency-Key', () => {
  let api: ApiUnderTest;
  let runId: string;
  beforeAll(async () => {
    api = await openApi();
    runId = await seedRun(api.opened.db);
  });
  afterAll(() => api.close());

  const label = (value: string) => ({ alias: 'email-triage', labels: [{ itemKey: value, label: 'spam' }] });
  const post = (key: string, body: object, { token = api.tokens.ada, query = '', ask = api.ask } = {}) =>
    ask(token, 'POST', `/v1/feedback${query}`, body, { 'idempotency-key': key });
  const rowsOf = async (item: string): Promise<number> =>
    (await api.opened.pool.query('select 1 from feedback where item_key = $1', [item])).rowCount ?? 0;

  it('gives fifty parallel equal requests at two processes one effect and one answer', async () => {
    const other = createDatabase(api.database.appUrl);
    const asks = [api.ask, api.askWith({ stores: createApiStores(other.db) })];
    const send = (at: number) => post('fifty', label('fifty'), { ask: asks[at % 2]! });
    const answers = await Promise.all(Array.from({ length: 50 }, (_, at) => send(at)));
    await other.close();
    expect(new Set(answers.map(({ status, body }) => JSON.stringify([status, body])))).toEqual(
      new Set([JSON.stringify([201, { alias: 'email-triage', recorded: 1 }])]),
    );
    expect(answers.filter(({ headers }) => headers.get('idempotent-replayed') === 'true')).toHaveLength(49);
    expect(await rowsOf('fifty')).toBe(1);
  });

  it('has one effect for each key, and refuses the key for anything else (P9)', async () => {
    const done = new Map<string, { item: string; body: unknown }>();
    const keyed = fc.record({ key: fc.constantFrom('a', 'b', 'ü ~ c'), item: fc.constantFrom('p9-x', 'p9-y') });
    await fc.assert(
      fc.asyncProperty(keyed, async ({ key, item }) => {
        const { status, body } = await post(key, label(item));
        const first = done.get(key) ?? { item, body };
        done.set(key, first);
        if (first.item === item) expect([status, body]).toEqual([201, first.body]);
        else expect(problemSchema.parse(body)).toMatchObject({ status: 409, code: 'CONFLICT' });
      }),
      { numRuns: 40, seed: 9 },
    );
    const items = [...done.values()].map(({ item }) => item);
    for (const item of ['p9-x', 'p9-y']) expect(await rowsOf(item)).toBe(items.filter((one) => one === item).length);
  });

  it('is of one person, one project and one address', async () => {
    const { db } = api.opened;
    const lea = await addPerson(db, { id: 'lea', project: PROJECT, roles: ['author'] });
    await addPerson(db, { id: 'lea', project: 'other', roles: ['author'] });
    for (const asked of [{}, { token: lea, query: `?project=${PROJECT}` }, { token: lea, query: '?project=other' }])
      expect((await post('scoped', label('scoped'), asked)).headers.get('idempotent-replayed')).toBeNull();
    expect(await rowsOf('scoped')).toBe(3);
    const elsewhere = await api.ask(
      api.tokens.ada,
      'POST',
      `/v1/runs/${runId}/commands`,
      { kind: 'pause' },
      { 'idempotency-key': 'scoped' },
    );
    expect(elsewhere.status).toBe(409);
  });

  it('is answered the same when the api died after the commit and before the reply (X2)', async () => {
    const dying = api.askWith({
      stores: {
        ...api.stores,
        once: async (asked, work) => {
          await api.stores.once(asked, work);
          throw new Error('killed');
        },
      },
    });
    expect((await post('x2', label('x2'), { ask: dying })).status).toBe(500);
    const again = await post('x2', label('x2'));
    expect(again).toMatchObject({ status: 201, body: { recorded: 1 } });
    expect(again.headers.get('idempotent-replayed')).toBe('true');
    expect(await rowsOf('x2')).toBe(1);
  });

  it('leaves neither effect nor answer when the api dies before the commit', async () => {
    const dying = api.askWith({
      stores: {
        ...api.stores,
        once: (asked, work) =>
          api.stores.once(asked, async (inside) => {
            await work(inside);
            throw new Error('killed');
          }),
      },
    });
    expect((await post('early', label('early'), { ask: dying })).status).toBe(500);
    expect(await rowsOf('early')).toBe(0);
    expect((await post('early', label('early'))).headers.get('idempotent-replayed')).toBeNull();
    expect(await rowsOf('early')).toBe(1);
  });

  it('keeps no refusal, but what a refusal leaves in the audit log', async () => {
    const { id, subjectDigest } = await seedRequest(api.opened.db, runId);
    const decision = { verdict: 'approve', reason: 'the evidence holds', subjectDigest };
    const decide = () =>
      api.ask(api.tokens.ada, 'POST', `/v1/approvals/${id}/decisions`, decision, { 'idempotency-key': 'no' });
    for (const answer of [await decide(), await decide()]) expect(answer.status).toBe(403);
    const attempts = `select 1 from audit_event where action = 'attempt.refused' and subject = $1`;
    expect((await api.opened.pool.query(attempts, [id])).rowCount).toBeGreaterThan(0);
  });

  it.each(['', 'x'.repeat(256), 'tab\there'])('refuses the key %j', async (key) => {
    expect(await post(key, label('never'))).toMatchObject({ status: 422, body: { code: 'INVALID_INPUT' } });
  });

  it('is remembered for a day at least, by the database itself', async () => {
    await post('kept', label('kept'));
    const { pool, db } = api.opened;
    await expect(forgetAnswers(db, 0)).rejects.toMatchObject({ code: 'NOT_ALLOWED' });
    await expect(pool.query(`update idempotent_answer set body = '{}'`)).rejects.toThrow(/permission denied/);
    await asOwner(db, async (owner) => {
      await owner.execute(
        `update idempotent_answer set answered_at = answered_at - interval '8 days' where key = 'kept'`,
      );
    });
    await forgetAnswers(db, 7 * 86_400_000);
    const { rows } = await pool.query(
      `select count(*) filter (where key = 'kept')::int as kept, count(*)::int as all from idempotent_answer`,
    );
    expect(rows[0]).toMatchObject({ kept: 0 });
    expect((rows[0] as { all: number }).all).toBeGreaterThan(3);
  });
});
