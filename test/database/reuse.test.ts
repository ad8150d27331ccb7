import { describe, expect, it } from 'vitest';
import { createRegistryStore } from '../../db/stores/registry-store.js';
import { createRunStore } from '../../db/stores/run-store.js';
import { digestOf } from '../../domain/evidence/canonical.js';
import { evidenceId } from '../../domain/evidence/evidence.js';
import type { Stage } from '../../domain/kernel/states.js';
import { ownDatabase } from '../support/own-database.js';
import { PROJECT, factOf, seedRun } from '../support/seeded-project.js';

const opened = ownDatabase();

const store = () => createRunStore(opened.db);
const rows = async (text: string, values: unknown[]) => (await opened.pool.query(text, values)).rows;

/** A stage that ended under this key. */
async function ended(stage: Stage, key: string, status: 'succeeded' | 'refused' | 'failed' = 'succeeded') {
  const runId = await seedRun(opened.db);
  await store().beginStage(runId, stage, digestOf(key));
  const fact = factOf({ key });
  await store().finishStage({ runId, stage, status, summary: { key }, result: { left: key }, evidence: [fact] });
  return { runId, fact: evidenceId(fact) };
}

describe('a stage under the key of its inputs', () => {
  it('is answered by the latest run that succeeded under it, never by one that was refused or failed', async () => {
    await ended('curate', 'a');
    const { runId: latest } = await ended('curate', 'a');
    await ended('curate', 'a', 'refused');
    await ended('curate', 'b', 'failed');
    const runId = await seedRun(opened.db);
    expect(await store().beginStage(runId, 'curate', digestOf('a'))).toEqual({ runId: latest, kind: 'content' });
    expect(await store().beginStage(await seedRun(opened.db), 'curate', digestOf('b'))).toBeNull();
    expect(await store().beginStage(await seedRun(opened.db), 'evaluate', digestOf('a'))).toBeNull();
    expect(await store().beginStage(await seedRun(opened.db), 'curate')).toBeNull();
  });

  it('takes over the summary, the result and the evidence, and says whose they are, once', async () => {
    const { runId: origin, fact } = await ended('curate', 'whole');
    const runId = await seedRun(opened.db);
    const found = (await store().beginStage(runId, 'curate', digestOf('whole')))!;
    for (const _ of [1, 2]) expect(await store().reuseStage(runId, 'curate', found)).toEqual({ left: 'whole' });
    const [stage] = await rows('select * from stage_run where run_id = $1', [runId]);
    expect(stage).toMatchObject({ status: 'succeeded', summary: { key: 'whole' }, reused_from_run: origin });
    expect(await store().doneBy(runId, 'curate')).toBe(origin);
    expect(await store().doneBy(origin, 'curate')).toBe(origin);
    expect(await rows('select evidence from evidence_use where run_id = $1', [runId])).toEqual([{ evidence: fact }]);
    const events = await rows(`select details from audit_event where event_key = $1`, [
      `stage.finished/${runId}/curate`,
    ]);
    expect(events).toMatchObject([{ details: { reusedFrom: { runId: origin, kind: 'content' } } }]);
  });

  it('names the run that did the work, however often its result was taken over', async () => {
    const { runId: origin } = await ended('curate', 'chain');
    for (const _ of [1, 2]) {
      const runId = await seedRun(opened.db);
      const found = await store().beginStage(runId, 'curate', digestOf('chain'));
      expect(found).toEqual({ runId: origin, kind: 'content' });
      await store().reuseStage(runId, 'curate', found!);
    }
  });

  it('makes the model a version of the run that takes it over', async () => {
    const { runId: origin, fact: evidence } = await ended('fine-tune', 'model');
    const registry = createRegistryStore(opened.db);
    const trained = { provider: 'local', model: 'ft:1', jobId: 'job-1', weights: null };
    const made = { project: PROJECT, name: 'email-triage', trained, baseModel: 'base', evidence };
    await registry.register({ ...made, runId: origin });
    const runId = await seedRun(opened.db);
    const found = (await store().beginStage(runId, 'fine-tune', digestOf('model')))!;
    const results = [
      await store().reuseStage(runId, 'fine-tune', found),
      await store().reuseStage(runId, 'fine-tune', found),
    ];
    const version = await registry.version(PROJECT, String(results[0]!['versionId']));
    expect(version).toMatchObject({ ...made, runId });
    expect(results[1]).toEqual(results[0]);
  });
});

describe('a row that says it was reused', () => {
  const claim = (runId: string, stage: Stage, from: string, key: string, left = key) =>
    opened.pool.query(
      `insert into stage_run (run_id, stage, status, summary, result, reuse_key, reused_from_run, reused_kind, ended_at)
       values ($1, $2, 'succeeded', $3, $4, $5, $6, 'content', now())`,
      [runId, stage, { key: left }, { left }, digestOf(key), from],
    );

  it('is refused where it is not what the other run left', async () => {
    const { runId: origin } = await ended('curate', 'forged');
    const { runId: refused } = await ended('curate', 'no', 'refused');
    const { runId: approved } = await ended('approve', 'signed');
    const runId = await seedRun(opened.db);
    const forged = [
      claim(runId, 'curate', origin, 'forged', 'something else'),
      claim(runId, 'curate', origin, 'another key', 'forged'),
      claim(runId, 'evaluate', origin, 'forged'),
      claim(runId, 'curate', refused, 'no'),
      claim(runId, 'approve', approved, 'signed'),
    ];
    for (const attempt of await Promise.allSettled(forged)) {
      expect(attempt).toMatchObject({ status: 'rejected', reason: { code: '42501' } });
    }
  });

  it('is refused where the run was told to reuse nothing', async () => {
    const { runId: origin } = await ended('curate', 'off');
    const runId = await seedRun(opened.db, 'email-triage', undefined, { mayReuse: false });
    expect(await store().beginStage(runId, 'evaluate', digestOf('off'))).toBeNull();
    await expect(claim(runId, 'curate', origin, 'off')).rejects.toMatchObject({ code: '42501' });
  });
});
