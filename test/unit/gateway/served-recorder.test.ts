import { describe, expect, it } from 'vitest';
import { createServedRecorder } from '../../../server/gateway/served-recorder.js';

/** A table that can be told to refuse. */
function table() {
  const batches: number[][] = [];
  const state = { failures: 0 };
  const write = async (rows: readonly number[]) => {
    if (state.failures > 0) {
      state.failures -= 1;
      throw new Error('refused');
    }
    batches.push([...rows]);
  };
  return { batches, state, write };
}

const numbers = (length: number) => Array.from({ length }, (_, index) => index);

describe('recording what was served', () => {
  it('writes batches in order and the rest on closing', async () => {
    const { batches, write } = table();
    const recorder = createServedRecorder<number>({ write, onFailure: () => 'give-up', flushMilliseconds: 10_000 });
    for (const row of numbers(250)) await recorder.add(row);
    await recorder.close();
    expect(batches.flat()).toEqual(numbers(250));
    expect(Math.max(...batches.map(({ length }) => length))).toBe(100);
  });

  it('writes a row that stays alone after a while', async () => {
    const { batches, write } = table();
    const recorder = createServedRecorder<number>({ write, onFailure: () => 'give-up', flushMilliseconds: 5 });
    await recorder.add(1);
    await expect.poll(() => batches).toEqual([[1]]);
  });

  it('keeps rows while the table refuses, and lets callers wait when the queue is full', async () => {
    const { batches, state, write } = table();
    state.failures = 3;
    const recorder = createServedRecorder<number>({
      write,
      onFailure: () => 'retry',
      retryMilliseconds: 2,
      batchSize: 2,
      capacity: 4,
    });
    await Promise.all(numbers(20).map((row) => recorder.add(row)));
    await recorder.close();
    expect(batches.flat().toSorted((a, b) => a - b)).toEqual(numbers(20));
  });

  it('loses the one row that no table takes, and none of those beside it', async () => {
    const written: number[] = [];
    const lost: number[] = [];
    const write = async (rows: readonly number[]) => {
      if (rows.includes(13)) throw new Error('no table takes 13');
      written.push(...rows);
    };
    const onFailure = (_error: unknown, rows: number) => {
      if (rows === 1) lost.push(rows);
      return 'split' as const;
    };
    const recorder = createServedRecorder<number>({ write, onFailure });
    for (const row of numbers(50)) await recorder.add(row);
    await recorder.close();
    expect(written).toEqual(numbers(50).filter((row) => row !== 13));
    expect(lost).toEqual([1]);
  });

  it('gives up a batch only where it is told to', async () => {
    const { batches, state, write } = table();
    state.failures = 1;
    const lost: number[] = [];
    const onFailure = (_error: unknown, rows: number) => {
      lost.push(rows);
      return 'give-up' as const;
    };
    const recorder = createServedRecorder<number>({ write, onFailure, batchSize: 2 });
    for (const row of numbers(4)) await recorder.add(row);
    await recorder.close();
    expect(lost).toEqual([2]);
    expect(batches.flat()).toEqual([2, 3]);
  });
});
