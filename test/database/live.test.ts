import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { beforeAll, afterAll, describe, expect, it } from 'vitest';
import type { LiveView } from '../../domain/api/live.js';
import { correctAlias } from '../../db/stores/correct-alias.js';
import { createRegistryStore } from '../../db/stores/registry-store.js';
import { aliasAt } from '../../db/views/alias-at.js';
import { openApi, signingKeys, type ApiUnderTest } from '../support/api-under-test.js';
import { openRequest } from '../support/approval-files.js';
import { addPerson } from '../support/people.js';
import { addVersion, point, release, type ReleasedVersion } from '../support/released-version.js';
import { PROJECT } from '../support/seeded-project.js';

const ALIAS = openRequest.subject.target.alias;

describe('what was live', () => {
  let api: ApiUnderTest;
  let admin: string;
  let viewer: string;
  const versions: ReleasedVersion[] = [];
  /** The moments between the moves: before the first, after it, and so on. */
  const between: string[] = [];

  const now = async (): Promise<string> => {
    const { rows } = await api.opened.pool.query(
      `select to_char(clock_timestamp() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as now`,
    );
    return (rows[0] as { now: string }).now;
  };
  const live = (query: Record<string, string> = {}, token = viewer, alias = ALIAS) =>
    api.ask(
      token,
      'GET',
      `/v1/aliases/${alias}/live?${new URLSearchParams({ project: PROJECT, ...query }).toString()}`,
    );
  const seen = async (query: Record<string, string>): Promise<LiveView> => {
    const { status, body } = await live(query);
    expect(status, JSON.stringify(body)).toBe(200);
    return body as unknown as LiveView;
  };
  const shares = ({ versions: all }: LiveView) => all.map(({ id, weight, isChampion }) => ({ id, weight, isChampion }));

  beforeAll(async () => {
    api = await openApi();
    admin = await addPerson(api.opened.db, { id: 'adam', project: PROJECT, roles: ['admin'] });
    viewer = await addPerson(api.opened.db, { id: 'vic', project: PROJECT, roles: ['viewer'] });
    for (let count = 0; count < 2; count += 1) {
      const made = await addVersion(api.opened.db);
      await release(api.opened.db, made, signingKeys.privateKey);
      versions.push(made);
    }
    const [first, second] = versions as [ReleasedVersion, ReleasedVersion];
    const moves: [ReleasedVersion, number][][] = [
      [[first, 100]],
      [
        [first, 90],
        [second, 10],
      ],
      [[second, 100]],
      [[first, 100]],
    ];
    between.push(await now());
    for (const move of moves) {
      await point(api.opened.db, move);
      between.push(await now());
    }
  });
  afterAll(() => api.close());

  it('is told with its share, its digests, who approved it, the waivers and the evidence', async () => {
    const answer = await seen({ at: between[2]! });
    const [first, second] = versions as [ReleasedVersion, ReleasedVersion];
    expect(shares(answer)).toEqual([
      { id: first.version.id, weight: 90, isChampion: true },
      { id: second.version.id, weight: 10, isChampion: false },
    ]);
    expect(answer).toMatchObject({ alias: ALIAS, revision: 2, correction: null, runId: first.version.runId });
    for (const [at, { request, version }] of versions.entries())
      expect(answer.versions[at]).toMatchObject({
        runId: version.runId,
        training: version.evidence,
        approval: {
          request: request.id,
          subjectDigest: request.subjectDigest,
          decisions: [
            { principal: 'ruth', role: 'risk', verdict: 'approve' },
            { principal: 'leo', role: 'legal', verdict: 'approve' },
          ],
          waivers: [{ question: 'QD3', by: 'leo' }],
          evidence: { evaluations: request.subject.evaluations, gateVerdicts: request.subject.gateVerdicts },
        },
      });
    expect(Date.parse(answer.since)).toBeLessThanOrEqual(Date.parse(between[2]!));
    expect(answer.until).not.toBeNull();
  });

  it('is what the move before said until the next one, and the first version again after a roll-back', async () => {
    const revisions = await Promise.all(between.slice(1).map(async (at) => (await seen({ at })).revision));
    expect(revisions).toEqual([1, 2, 3, 4]);
    const latest = await seen({});
    expect(shares(latest)).toEqual([{ id: versions[0]?.version.id, weight: 100, isChampion: true }]);
    expect(latest.until).toBeNull();
  });

  it('changes exactly at a move, to the microsecond, in whatever zone the moment is written', async () => {
    const { since } = await seen({ at: between[2]! });
    expect((await seen({ at: since })).revision).toBe(2);
    const { rows } = await api.opened.pool.query(
      `select to_char(($1::timestamptz - interval '1 microsecond') at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as before,
        to_char($1::timestamptz at time zone 'UTC' + interval '5.5 hours', 'YYYY-MM-DD"T"HH24:MI:SS.US') || '+05:30' as india`,
      [since],
    );
    const { before, india } = rows[0] as { before: string; india: string };
    expect((await seen({ at: before })).revision).toBe(1);
    expect((await seen({ at: india })).revision).toBe(2);
  });

  it('is nothing before the first move, not known ahead of time, and not told to strangers', async () => {
    const early = await live({ at: between[0]! });
    expect([early.status, early.body['detail']]).toEqual([
      404,
      expect.stringMatching(/pointed nowhere yet .* first move was at 2/),
    ]);
    const minutes = await live({ at: '2026-03-03T13:00+01:00' });
    expect([minutes.status, minutes.body['detail']]).toEqual([
      404,
      expect.stringMatching(/at 2026-03-03T13:00\+01:00/),
    ]);
    const unknown = await live({ asKnownAt: between[0]! });
    expect([unknown.status, unknown.body['detail']]).toEqual([404, expect.stringMatching(/no move of it was known/)]);
    for (const query of [{ at: '2999-01-01T00:00:00Z' }, { asKnownAt: '2999-01-01T00:00:00Z' }]) {
      const ahead = await live(query);
      expect([ahead.status, ahead.body['detail']]).toEqual([
        422,
        expect.stringMatching(/what lies ahead is not known/),
      ]);
    }
    for (const at of [
      '2026-03-03',
      '2026-03-03T12:00:00',
      '2026-03-03T12:00',
      '2026-02-30T12:00Z',
      'yesterday',
      '0000-01-01T00:00:00Z',
      '2026-03-03T12:00:00+23:00',
      "now'; drop table alias_move; --",
    ])
      expect((await live({ at })).status).toBe(422);
    expect((await live({}, viewer, 'no-such-alias')).status).toBe(404);
    expect((await live({}, api.tokens.stranger)).status).toBe(404);
  });

  it('may be corrected by an admin, with a reason, beside what was on file', async () => {
    const path = `/v1/aliases/${ALIAS}/corrections?project=${PROJECT}`;
    const earlier = (await seen({ at: between[1]! })).since;
    const correction = { revision: 3, effectiveAt: earlier, reason: 'The gateway took it from the first moment on.' };
    expect((await api.ask(viewer, 'POST', path, correction)).status).toBe(403);
    expect((await api.ask(admin, 'POST', path, { ...correction, reason: 'short' })).status).toBe(422);
    expect((await api.ask(admin, 'POST', path, { ...correction, revision: 99 })).status).toBe(404);
    const ahead = await api.ask(admin, 'POST', path, { ...correction, effectiveAt: '2999-01-01T00:00:00Z' });
    expect(ahead.status).toBe(403);
    const asBefore = await now();
    expect((await api.ask(admin, 'POST', path, correction)).status).toBe(201);
    const known = await seen({ at: between[1]! });
    expect(known).toMatchObject({ revision: 3, since: earlier, correction: { by: 'adam', reason: correction.reason } });
    expect((await seen({ at: between[1]!, asKnownAt: asBefore })).revision).toBe(1);
    expect((await api.ask(admin, 'POST', path, { ...correction, effectiveAt: null })).status).toBe(201);
    expect((await seen({ at: between[1]! })).revision).toBe(1);
    expect((await seen({ at: between[3]! })).revision).toBe(2);
    const { rows } = await api.opened.pool.query(
      `select actor, subject, details from audit_event where action = 'alias.corrected'`,
    );
    expect(rows).toMatchObject([
      { actor: 'adam', subject: ALIAS, details: { revision: 3, effectiveAt: earlier } },
      { details: { revision: 3, effectiveAt: null } },
    ]);
    expect((await api.stores.registry.route(PROJECT, ALIAS)).revision).toBe(4);
  });

  it('is written once: a correction is neither changed, taken away nor made without its event', async () => {
    const { pool } = api.opened;
    for (const statement of [
      'update alias_correction set revision = 1',
      'delete from alias_correction',
      'truncate alias_correction',
    ])
      await expect(pool.query(statement)).rejects.toThrow('permission denied');
    const silent = `insert into alias_correction (project, alias, revision, principal, reason)
      values ('${PROJECT}', '${ALIAS}', 1, 'adam', 'nobody is to know of it')`;
    await expect(pool.query(silent)).rejects.toThrow('lacks its audit event');
  });

  it('is found by the index among 5,000 moves of one alias', async () => {
    const { pool, db } = api.opened;
    const { version, request } = versions[0]!;
    const alias = 'busy';
    const client = await pool.connect();
    try {
      await client.query('begin');
      await client.query(
        `insert into alias_move (project, alias, revision, routes, champion, run_id, request_id, reason, key, at)
         select $1, $2, n, jsonb_build_array(jsonb_build_object('versionId', $3::text, 'weight', 100)), $3, $4, $5, 'test',
           'busy/' || n, clock_timestamp() - make_interval(secs => 5001 - n) from generate_series(1, 5000) n`,
        [PROJECT, alias, version.id, version.runId, request.id],
      );
      await client.query(
        `insert into audit_event (project, actor, action, subject, details, event_key)
         select $1, 'test', 'alias.moved', $2, '{}', 'alias.moved/busy/' || n from generate_series(1, 5000) n`,
        [PROJECT, alias],
      );
      await client.query('commit');
      await client.query('analyze alias_move').catch(() => undefined);
    } finally {
      client.release();
    }
    const took: number[] = [];
    for (let back = 100; back < 4_900; back += 400) {
      const at = new Date(Date.now() - back * 1000).toISOString();
      const began = performance.now();
      const { found } = await aliasAt(db, { project: PROJECT, alias, at });
      took.push(performance.now() - began);
      expect(Math.abs((found?.revision ?? 0) - (5_001 - back))).toBeLessThan(60);
    }
    expect(took.toSorted((a, b) => a - b)[Math.floor(took.length / 2)]).toBeLessThan(200);
    if (process.env['ASSAY_PRINT_TIMES'] === '1')
      process.stderr.write(`${took.map((ms) => ms.toFixed(1)).join(' ')}\n`);
  });

  it('is what a plain reading of moves and corrections says, for any sequence of them', async () => {
    const { db } = api.opened;
    const registry = createRegistryStore(db);
    const { version, request } = versions[0]!;
    let aliases = 0;
    const step = fc.oneof(
      { weight: 2, arbitrary: fc.constant('move' as const) },
      fc.record({ of: fc.nat(), since: fc.option(fc.nat(), { nil: null }) }),
    );
    const run = async (steps: readonly ('move' | { of: number; since: number | null })[]): Promise<void> => {
      const alias = `any-${(aliases += 1)}`;
      const moves: { revision: number; at: string }[] = [];
      const corrections: { revision: number; since: string | null; at: string }[] = [];
      const moments = [await now()];
      for (const one of steps) {
        await sleep(1);
        if (one === 'move') {
          const expectedRevision = moves.length;
          const routes = [{ versionId: version.id, weight: 100 }];
          const key = `${alias}/${expectedRevision}`;
          const move = { alias, routes, champion: version.id, runId: version.runId, requestId: request.id, key };
          await registry.move({ project: PROJECT, expectedRevision, reason: 'test', ...move });
          moves.push({ revision: expectedRevision + 1, at: await storedAt('alias_move', alias) });
        } else if (moves.length > 0) {
          const { revision } = moves[one.of % moves.length]!;
          const since = one.since === null ? null : moments[one.since % moments.length]!;
          await correctAlias(db, {
            project: PROJECT,
            alias,
            revision,
            effectiveAt: since,
            reason: 'for the test',
            by: 'adam',
          });
          corrections.push({ revision, since, at: await storedAt('alias_correction', alias) });
        }
        moments.push(await now());
      }
      const asked = [...moments, ...moves.map(({ at }) => at), ...corrections.map(({ at }) => at)];
      for (const at of asked)
        for (const asKnownAt of moments) {
          const { found } = await aliasAt(db, { project: PROJECT, alias, at, asKnownAt });
          expect(found?.revision ?? null, `${alias} at ${at} as known at ${asKnownAt}`).toBe(
            plainly({ at, asKnownAt }),
          );
        }

      /** Moments are of one form, so that texts compare as moments do. */
      function plainly(question: { at: string; asKnownAt: string }): number | null {
        const since = moves
          .filter((move) => move.at <= question.asKnownAt)
          .map(({ revision, at }) => {
            const last = corrections.findLast((one) => one.revision === revision && one.at <= question.asKnownAt);
            return { revision, since: last === undefined ? at : last.since };
          })
          .filter((one): one is { revision: number; since: string } => one.since !== null && one.since <= question.at)
          .toSorted((a, b) => (a.since === b.since ? a.revision - b.revision : a.since < b.since ? -1 : 1));
        return since.at(-1)?.revision ?? null;
      }
    };
    await fc.assert(fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 7 }), run), { numRuns: 25 });
  }, 120_000);

  async function storedAt(table: string, alias: string): Promise<string> {
    const { rows } = await api.opened.pool.query(
      `select to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at from ${table} where alias = $1 order by id desc limit 1`,
      [alias],
    );
    return (rows[0] as { at: string }).at;
  }
});
