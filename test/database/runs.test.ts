import { describe, expect, it } from 'vitest';
import { digestOf } from '../../domain/evidence/canonical.js';
import { evidenceId } from '../../domain/evidence/evidence.js';
import { createEffectLedger } from '../../db/stores/effect-ledger.js';
import { createRunRequests } from '../../db/stores/run-requests.js';
import { createRunStore } from '../../db/stores/run-store.js';
import { listRuns, runView } from '../../db/views/runs.js';
import { ownDatabase } from '../support/own-database.js';
import { PROJECT, factOf, planOf, seedRun } from '../support/seeded-project.js';

describe('runs', () => {
  const opened = ownDatabase();
  const actions = async (subject: string) => {
    const text = 'select action from audit_event where subject = $1 order by id';
    return (await opened.pool.query<{ action: string }>(text, [subject])).rows.map((row) => row.action);
  };
  const requestOf = (startKey: string, name = 'email-triage') => {
    const plan = planOf(name);
    return { project: PROJECT, plan, planDigest: digestOf(plan), requestedBy: 'ada', startKey };
  };

  it('are one for one start key, and refuse another plan under it', async () => {
    const { requestRun } = createRunRequests(opened.db);
    const all = await Promise.all(Array.from({ length: 5 }, () => requestRun(requestOf('monday'))));
    expect(new Set(all.map((run) => run.runId)).size).toBe(1);
    expect(all.filter((run) => run.isNew)).toHaveLength(1);
    expect(await actions(all[0]?.runId ?? '')).toEqual(['run.requested']);
    await expect(requestRun(requestOf('monday', 'other'))).rejects.toMatchObject({ code: 'CONFLICT' });
    await expect(requestRun({ ...requestOf('x'), project: 'nowhere' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('finish a stage once, however often the activity is repeated', async () => {
    const store = createRunStore(opened.db);
    const runId = await seedRun(opened.db);
    const [parent, child] = [factOf({ n: 1, runId }), factOf({ n: 2, runId })];
    const evidence = [parent, { ...child, inputs: [evidenceId(parent)] }];
    await store.beginStage(runId, 'collect');
    await store.beginStage(runId, 'collect');
    await expect(store.stageSummary(runId, 'collect')).resolves.toBeNull();
    const finished = { runId, stage: 'collect', status: 'succeeded', summary: { records: 3 }, evidence } as const;
    const [first, second] = [await store.finishStage(finished), await store.finishStage(finished)];
    expect(first).toEqual(evidence.map(evidenceId));
    expect(second).toEqual(first);
    await expect(store.stageSummary(runId, 'collect')).resolves.toEqual({ records: 3 });
    expect(await actions(runId)).toEqual(['run.requested', 'run.began', 'stage.began', 'stage.finished']);
    const view = await runView(opened.db, runId);
    expect(view).toMatchObject({ status: 'running', stages: [{ stage: 'collect', status: 'succeeded' }] });
    expect(view?.evidence.map((one) => one.id).sort()).toEqual([...first].sort());
  });

  it('know the whole lineage of evidence, in whatever order it came', async () => {
    const store = createRunStore(opened.db);
    const runId = await seedRun(opened.db);
    const a = factOf({ name: 'a', runId });
    const b = { ...factOf({ name: 'b' }), inputs: [evidenceId(a)] };
    const c = { ...factOf({ name: 'c' }), inputs: [evidenceId(b)] };
    await store.finishStage({ runId, stage: 'evaluate', status: 'succeeded', summary: {}, evidence: [c, a, b] });
    const text = 'select ancestor from evidence_closure where descendant = $1';
    const { rows } = await opened.pool.query<{ ancestor: string }>(text, [evidenceId(c)]);
    expect(rows.map((row) => row.ancestor).sort()).toEqual([evidenceId(a), evidenceId(b)].sort());
  });

  it('refuse a summary that belongs into evidence', async () => {
    const runId = await seedRun(opened.db);
    const long = {
      runId,
      stage: 'collect',
      status: 'succeeded',
      summary: { text: 'x'.repeat(20_000) },
      evidence: [],
    } as const;
    await expect(createRunStore(opened.db).finishStage(long as never)).rejects.toMatchObject({ code: 'INVALID_INPUT' });
  });

  it('say what they wait for, pause, resume and end once', async () => {
    const store = createRunStore(opened.db);
    const runId = await seedRun(opened.db);
    await store.begin(runId);
    await store.beginStage(runId, 'approve');
    for (const waiting of ['legal', 'legal', null]) await store.setWaiting(runId, 'approve', waiting);
    for (const _ of [1, 2]) await store.setPaused(runId, true, 'c1');
    await expect(store.load(runId)).resolves.toMatchObject({ status: 'paused', trigger: null });
    await store.setPaused(runId, false, 'c2');
    for (const _ of [1, 2]) await store.finish(runId, 'cancelled', 'ada asked for it');
    await expect(store.finish(runId, 'succeeded', null)).rejects.toMatchObject({ code: 'CONFLICT' });
    await expect(store.finish('run-0', 'succeeded', null)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(await actions(runId)).toEqual([
      'run.requested',
      'run.began',
      'stage.began',
      'run.waiting',
      'run.waiting',
      'run.paused',
      'run.resumed',
      'run.finished',
    ]);
    const view = await runView(opened.db, runId);
    expect(view).toMatchObject({ status: 'cancelled', stages: [{ status: 'cancelled', waitingFor: null }] });
    expect((await listRuns(opened.db, PROJECT, { limit: 1 }))[0]?.id).toBe(runId);
  });

  it('take a command of their own, and audit a forged one', async () => {
    const store = createRunStore(opened.db);
    const [runId, other] = [await seedRun(opened.db), await seedRun(opened.db)];
    const { recordCommand } = createRunRequests(opened.db);
    const { commandId } = await recordCommand({ runId, kind: 'pause', principal: 'ada' });
    for (const _ of [1, 2]) await expect(store.takeCommand(runId, commandId)).resolves.toEqual({ kind: 'pause' });
    await expect(store.takeCommand(other, commandId)).resolves.toBeUndefined();
    await expect(store.takeCommand(runId, 'forged')).resolves.toBeUndefined();
    expect(await actions(commandId)).toEqual(['command.recorded', 'command.taken']);
    expect(await actions(other)).toContain('attempt.refused');
    await store.finish(runId, 'failed', 'it broke');
    const late = recordCommand({ runId, kind: 'resume', principal: 'ada' });
    await expect(late).rejects.toMatchObject({ code: 'CONFLICT' });
  });

  it('intend an effect once and refuse another request under its key', async () => {
    const { intend, done } = createEffectLedger(opened.db);
    const request = digestOf('request');
    await expect(intend('run-1/train', request)).resolves.toEqual({ state: 'intent', isNew: true, externalId: null });
    await expect(intend('run-1/train', request)).resolves.toMatchObject({ state: 'intent', isNew: false });
    await expect(intend('run-1/train', digestOf('other'))).rejects.toMatchObject({ code: 'CONFLICT' });
    for (const _ of [1, 2]) await done('run-1/train', 'job-1');
    await expect(done('run-1/train', 'job-2')).rejects.toMatchObject({ code: 'CONFLICT' });
    await expect(intend('run-1/train', request)).resolves.toEqual({ state: 'done', isNew: false, externalId: 'job-1' });
    await expect(done('run-9/train', 'job-1')).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(await actions('run-1/train')).toEqual(['effect.intended', 'effect.done']);
  });
});
