import { describe, expect, it } from 'vitest';
import { evidenceId } from '../../domain/evidence/evidence.js';
import type { MonitorWindow } from '../../domain/ports/traffic-store.js';
import { createFeedbackStore } from '../../db/stores/feedback.js';
import { createRegistryStore } from '../../db/stores/registry-store.js';
import { createRetrainStore } from '../../db/stores/retrain-store.js';
import { createRunStore } from '../../db/stores/run-store.js';
import { createServedRequests, type ServedRequest } from '../../db/stores/served-requests.js';
import { createTrafficStore } from '../../db/stores/traffic-store.js';
import { ownDatabase } from '../support/own-database.js';
import { PROJECT, factOf, seedVersion } from '../support/seeded-project.js';

const NAME = 'email-triage';
let number = 0;
const served = (alias: string, over: Partial<ServedRequest> = {}): ServedRequest => ({
  id: `request-${(number += 1)}`,
  at: new Date().toISOString(),
  project: PROJECT,
  alias,
  versionId: `${NAME}@1`,
  itemKey: `mail-${number}`,
  maskedInput: 'Dear [NAME_1], lunch?',
  output: 'ham',
  promptTokens: 5,
  completionTokens: 1,
  latencyMilliseconds: 3,
  outcome: 'answered',
  ...over,
});

function windowOf(alias: string, id: string, verdict: MonitorWindow['verdict'], last: ServedRequest) {
  const evidence = { ...factOf({ id }), kind: 'monitor-window' } as const;
  const upTo = { at: last.at, id: last.id };
  const window: MonitorWindow = {
    id,
    project: PROJECT,
    alias,
    items: 1,
    labelled: 0,
    verdict,
    evidence: evidenceId(evidence),
    upTo,
  };
  return [window, evidence] as const;
}

describe('traffic and what follows from it', () => {
  const opened = ownDatabase();
  /** Makes a new version the champion of an alias. */
  async function release(alias: string, name = NAME) {
    const version = await seedVersion(opened.db, name);
    const { route, move } = createRegistryStore(opened.db);
    const { revision } = await route(PROJECT, alias);
    const { id, runId, requestId } = version;
    const routes = [{ versionId: id, weight: 100 }];
    const common = { project: PROJECT, alias, routes, champion: id, runId, requestId, reason: 'released' };
    await move({ ...common, expectedRevision: revision, key: `${runId}/deploy` });
    return version;
  }

  it('keeps each answered request once, in the partition of its day', async () => {
    const store = createServedRequests(opened.db);
    expect(await store.ensurePartitions(2)).toBe(3);
    expect(await store.ensurePartitions(2)).toBe(0);
    const batch = [served('once'), served('once', { at: '2001-01-01T12:00:00.000Z' })];
    expect(await store.recordServed(batch)).toBe(2);
    expect(await store.recordServed(batch)).toBe(0);
    const { rows } = await opened.pool.query(`select tableoid::regclass::text as part from served_request order by at`);
    expect(rows[0]).toEqual({ part: 'served_request_rest' });
    expect(rows[1].part).toMatch(/^served_request_\d{8}$/);
  });

  it('reads on from a cursor without passing by what a slow writer commits later', async () => {
    const traffic = createTrafficStore(opened.db);
    const { recordServed } = createServedRequests(opened.db);
    const batches = Array.from({ length: 6 }, () => [served('slow'), served('slow')]);
    await Promise.all(batches.map((batch) => recordServed(batch)));
    const earlier = served('slow', { at: '2020-01-01T00:00:00.000Z' });
    const seen: string[] = [];
    let cursor = null;
    for (let page = 0; page < 5; page += 1) {
      const items = await traffic.since(PROJECT, 'slow', cursor, 4);
      if (page === 2) await recordServed([earlier]);
      seen.push(...items.map((item) => item.id));
      const last = items.at(-1);
      if (last !== undefined) cursor = { at: last.at, id: last.id };
    }
    expect(seen.sort()).toEqual([...batches.flat().map((request) => request.id), earlier.id].sort());
  });

  it('joins labels by request and by item, and lets the latest word count', async () => {
    const traffic = createTrafficStore(opened.db);
    const [a, b, c] = [served('labels'), served('labels'), served('labels')];
    await createServedRequests(opened.db).recordServed([a, b, c]);
    const { recordFeedback } = createFeedbackStore(opened.db);
    const batch = { project: PROJECT, alias: 'labels', principal: 'ada' };
    const items = [
      { itemKey: a.itemKey ?? '', label: 'ham' },
      { requestId: b.id, label: 'spam' },
    ];
    const told = { count: 2, triggerId: null };
    expect(await recordFeedback({ ...batch, items })).toEqual(told);
    await recordFeedback({ ...batch, items: [{ requestId: a.id, label: 'spam' }] });
    const labels = await traffic.labels(PROJECT, 'labels');
    expect(Object.fromEntries(labels)).toEqual({ [a.itemKey ?? '']: 'spam', [b.itemKey ?? '']: 'spam' });
    const read = await traffic.since(PROJECT, 'labels', null, 10);
    expect(read.map((item) => item.label)).toEqual(['spam', 'spam', null]);
    const labelled = await traffic.labelled(PROJECT, 'labels', `${NAME}@1`, 10);
    expect(labelled.latest.map((item) => item.id)).toEqual([a.id, b.id]);
    const one = await traffic.labelled(PROJECT, 'labels', `${NAME}@1`, 1);
    expect([one.total, one.latest.map((item) => item.id)]).toEqual([2, [b.id]]);
    const { rows } = await opened.pool.query(`select count(*)::int as n from feedback where alias = 'labels'`);
    expect(rows).toEqual([{ n: 3 }]);
    await expect(recordFeedback({ ...batch, items: [{ label: 'ham' }] })).rejects.toMatchObject({
      code: 'INVALID_INPUT',
    });
  });

  it('writes a window and its trigger once, and remembers where it ended', async () => {
    const traffic = createTrafficStore(opened.db);
    await release('drifting', 'drifter');
    const last = served('drifting');
    await createServedRequests(opened.db).recordServed([last]);
    await expect(traffic.lastWindow(PROJECT, 'drifting')).resolves.toBeNull();
    const drift = windowOf('drifting', 'w1', 'drift', last);
    const first = await traffic.recordWindow(...drift, null);
    expect(first.triggerId).toMatch(/^trigger-\d+$/);
    await expect(traffic.recordWindow(...drift, null)).resolves.toEqual(first);
    await expect(traffic.lastWindow(PROJECT, 'drifting')).resolves.toEqual(drift[0]);
    const second = windowOf('drifting', 'w2', 'no-drift', last);
    await expect(traffic.recordWindow(...second, 'w1')).resolves.toEqual({ triggerId: null });
    const { rows } = await opened.pool.query(`select name, kind, evidence from trigger where id = $1`, [
      first.triggerId,
    ]);
    expect(rows).toEqual([{ name: 'drifter', kind: 'drift', evidence: drift[0].evidence }]);
  });

  it('records one of two windows that were judged at once over the same traffic', async () => {
    const traffic = createTrafficStore(opened.db);
    await release('raced', 'racer');
    const last = served('raced');
    await createServedRequests(opened.db).recordServed([last]);
    const both = ['a', 'b'].map((id) => traffic.recordWindow(...windowOf('raced', id, 'drift', last), null));
    const ended = await Promise.allSettled(both);
    expect(ended.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(ended.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { code: 'CONFLICT' } });
    const { rows } = await opened.pool.query(`select count(*)::int as n from trigger where name = 'racer'`);
    expect(rows).toEqual([{ n: 1 }]);
  });

  it('gives the facts that a retrain rests on, and starts one run per start key', async () => {
    const alias = 'retrained';
    const champion = await release(alias);
    const traffic = createTrafficStore(opened.db);
    const retrain = createRetrainStore(opened.db);
    const last = served(alias);
    await createServedRequests(opened.db).recordServed([last]);
    for (const [id, verdict, previous] of [
      ['r1', 'drift', null],
      ['r2', 'no-drift', 'r1'],
      ['r3', 'drift', 'r2'],
      ['r4', 'too-few', 'r3'],
    ] as const)
      await traffic.recordWindow(...windowOf(alias, id, verdict, last), previous);
    const { triggerId } = await traffic.recordWindow(...windowOf(alias, 'r5', 'drift', last), 'r4');
    const { recordFeedback } = createFeedbackStore(opened.db);
    const items = [1, 2, 2].map((n) => ({ itemKey: `item-${n}`, label: 'spam' }));
    const told = await recordFeedback({ project: PROJECT, alias, principal: 'ada', items });
    expect(told.triggerId).toMatch(/^trigger-/);

    const facts = await retrain.facts(PROJECT, NAME, triggerId ?? '');
    expect(facts).toMatchObject({
      trigger: { id: triggerId, kind: 'drift' },
      startedRunId: null,
      driftedWindows: 2,
      newLabels: 2,
      championRunId: champion.runId,
      runningRunId: champion.runId,
      lastRetrainAt: null,
    });
    await createRunStore(opened.db).finish(champion.runId, 'succeeded', null);
    const asked = { project: PROJECT, name: NAME, triggerId: triggerId ?? '', startKey: 'retrain-1' };
    const { runId } = await retrain.requestRun(asked);
    await expect(retrain.requestRun(asked)).resolves.toEqual({ runId });
    await expect(createRunStore(opened.db).load(runId)).resolves.toMatchObject({
      requestedBy: 'assay-retrain',
      status: 'requested',
      plan: { name: NAME },
      trigger: { id: triggerId, kind: 'drift' },
    });
    const later = await retrain.facts(PROJECT, NAME, triggerId ?? '');
    expect(later).toMatchObject({ runningRunId: runId, startedRunId: runId });
    expect(Date.parse(later?.lastRetrainAt ?? '')).toBeLessThanOrEqual(Date.parse(later?.now ?? ''));

    await release(alias);
    await expect(retrain.facts(PROJECT, NAME, triggerId ?? '')).resolves.toMatchObject({
      driftedWindows: 0,
      newLabels: 0,
    });
  });

  it('audits a forged trigger, keeps one per key, and settles with the last word', async () => {
    const retrain = createRetrainStore(opened.db);
    await expect(retrain.facts(PROJECT, NAME, 'forged')).resolves.toBeUndefined();
    const asked = { project: PROJECT, name: 'nothing-live', kind: 'schedule', key: 'monday' } as const;
    const { triggerId } = await retrain.record(asked);
    await expect(retrain.record(asked)).resolves.toEqual({ triggerId });
    await expect(retrain.facts(PROJECT, 'nothing-live', triggerId)).resolves.toMatchObject({ championRunId: null });
    const run = retrain.requestRun({ project: PROJECT, name: 'nothing-live', triggerId, startKey: 's' });
    await expect(run).rejects.toMatchObject({ code: 'NOT_FOUND' });
    for (const outcome of ['waits', 'waits', 'started run-9']) await retrain.settle(triggerId, outcome);
    const text = `select action from audit_event where subject in ($1, $2) order by id`;
    const { rows } = await opened.pool.query<{ action: string }>(text, [triggerId, `${PROJECT}/${NAME}`]);
    const actions = rows.map((row) => row.action);
    expect(actions).toEqual(['attempt.refused', 'trigger.recorded', 'trigger.settled', 'trigger.settled']);
  });
});
