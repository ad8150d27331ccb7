import { describe, expect, it, vi } from 'vitest';
import { createRunStore } from '../../db/stores/run-store.js';
import { runLog } from '../../db/views/run-log.js';
import type { TrainingEvent } from '../../domain/ports/trainer.js';
import { ownDatabase } from '../support/own-database.js';
import { seedRun } from '../support/seeded-project.js';

describe('the log of a run', () => {
  const opened = ownDatabase();
  const read = (runId: string, over: Partial<Parameters<typeof runLog>[1]> = {}) =>
    runLog(opened.db, { runId, after: undefined, stage: undefined, limit: 100, ...over });
  /** Transactions of other databases hold a log back too, while they are open: it is read until all of it is there. */
  const settled = (runId: string, entries: number) =>
    vi.waitFor(
      async () => {
        const page = await read(runId);
        expect(page.entries).toHaveLength(entries);
        return page;
      },
      { timeout: 15_000 },
    );
  const loss = (step: number): TrainingEvent => ({
    id: String(step),
    message: `step ${step}`,
    data: { step, loss: 1 / step },
  });

  it('tells state changes and training events in the order in which they happened', async () => {
    const store = createRunStore(opened.db);
    const runId = await seedRun(opened.db);
    await store.beginStage(runId, 'fine-tune');
    await store.keepEvents(runId, 'fine-tune', [loss(1), loss(2)]);
    await store.keepEvents(runId, 'fine-tune', [loss(2), loss(3)]);
    const summary = { error: 'exit code 3' };
    await store.finishStage({ runId, stage: 'fine-tune', status: 'failed', summary, evidence: [] });
    expect((await read(runId)).isComplete).toBe(false);
    await store.finish(runId, 'failed', 'exit code 3');
    const { entries, isComplete } = await settled(runId, 8);
    expect(entries.map(({ action, stage, message }) => [action, stage, message])).toEqual([
      ['run.requested', null, null],
      ['run.began', null, null],
      ['stage.began', 'fine-tune', null],
      [null, 'fine-tune', 'step 1'],
      [null, 'fine-tune', 'step 2'],
      [null, 'fine-tune', 'step 3'],
      ['stage.finished', 'fine-tune', 'exit code 3'],
      ['run.finished', null, 'exit code 3'],
    ]);
    expect(entries[4]!.details).toEqual({ step: 2, loss: 0.5 });
    expect(isComplete).toBe(true);
  });

  it('is read on from a cursor, page by page, and by stage', async () => {
    const store = createRunStore(opened.db);
    const runId = await seedRun(opened.db);
    await store.beginStage(runId, 'fine-tune');
    await store.keepEvents(runId, 'fine-tune', [loss(1), loss(2), loss(3)]);
    const whole = (await settled(runId, 6)).entries;
    const pages: string[] = [];
    for (let after: string | undefined; ;) {
      const { entries } = await read(runId, { after, limit: 2 });
      pages.push(...entries.map(({ cursor }) => cursor));
      if (entries.length === 0) break;
      after = entries.at(-1)!.cursor;
    }
    expect(pages).toEqual(whole.map(({ cursor }) => cursor));
    const ofStage = (await read(runId, { stage: 'fine-tune' })).entries;
    expect(ofStage).toEqual(whole.slice(-4));
    expect((await read(runId, { stage: 'collect' })).entries).toEqual([]);
  });

  it('waits for what an open transaction may still bring before it', async () => {
    const runId = await seedRun(opened.db);
    await read(runId);
    const open = await opened.pool.connect();
    try {
      await open.query('begin');
      await open.query(
        "insert into run_event (run_id, stage, source_id, message) values ($1, 'fine-tune', 'early', 'early')",
        [runId],
      );
      await createRunStore(opened.db).keepEvents(runId, 'fine-tune', [loss(1)]);
      const training = async () =>
        (await read(runId)).entries.filter(({ kind }) => kind === 'training').map(({ message }) => message);
      expect(await training()).toEqual([]);
      await open.query('commit');
      await expect.poll(training, { timeout: 15_000 }).toEqual(['early', 'step 1']);
    } finally {
      open.release();
    }
  });

  it('keeps no escape sequence and no secret, and not more than it has room for', async () => {
    const store = createRunStore(opened.db);
    const runId = await seedRun(opened.db);
    const at = '2026-01-02T03:04:05.000Z';
    const message = `\u001b[31mred\u001b[0m\n${'x'.repeat(2_000)}`;
    await store.keepEvents(runId, 'fine-tune', [
      { id: 'a', at, message, data: {} },
      { id: 'b', at: 'yesterday', message: `key hf_${'a'.repeat(34)}`, data: {} },
    ]);
    const told = (await settled(runId, 4)).entries.slice(-2);
    expect(told[0]).toMatchObject({ message: `red ${'x'.repeat(996)}…`, at: new Date(at) });
    expect(told[1]!.message).toBe('key [masked]');

    const flood = Array.from({ length: 12_000 }, (_, index) => loss(index + 1));
    await store.keepEvents(runId, 'fine-tune', flood);
    await store.keepEvents(runId, 'fine-tune', [loss(20_000)]);
    const { rows } = await opened.pool.query('select count(*)::int as kept from run_event where run_id = $1', [runId]);
    expect(rows).toEqual([{ kept: 10_001 }]);
    const last = 'select message from run_event where run_id = $1 order by id desc limit 1';
    expect((await opened.pool.query(last, [runId])).rows).toEqual([
      { message: 'No more than 10000 events of a run are kept here.' },
    ]);
  });
});
