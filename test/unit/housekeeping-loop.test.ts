import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { startLoop } from '../../workers/housekeeping/loop.js';

const LONG = 60_000;
const ignore = (): void => undefined;

describe('the loop of the housekeeping', () => {
  it('runs once more for whoever wakes it while it works', async () => {
    let runs = 0;
    let finish = ignore;
    const work = async (): Promise<number> => {
      runs += 1;
      if (runs === 1) await new Promise<void>((resolve) => (finish = resolve));
      return LONG;
    };
    const loop = startLoop({ work, onError: ignore });
    loop.wake();
    loop.wake();
    finish();
    await expect.poll(() => runs).toBe(2);
    await pause(50);
    expect(runs).toBe(2);
    await loop.stop();
  });

  it('wakes from its rest, goes on at once while there is more, and stops at once', async () => {
    const answers = [0, 0, LONG, LONG];
    let runs = 0;
    const work = async (): Promise<number> => answers[runs++] ?? LONG;
    const loop = startLoop({ work, onError: ignore });
    await expect.poll(() => runs).toBe(3);
    loop.wake();
    await expect.poll(() => runs).toBe(4);
    await loop.stop();
    loop.wake();
    await pause(20);
    expect(runs).toBe(4);
  });

  it('says what went wrong and tries again', async () => {
    const said: unknown[] = [];
    let runs = 0;
    const work = async (): Promise<number> => {
      runs += 1;
      if (runs === 1) throw new Error('away');
      return LONG;
    };
    const loop = startLoop({ work, onError: (error) => said.push(error) });
    await expect.poll(() => runs).toBe(2);
    expect(said).toMatchObject([{ message: 'away' }]);
    await loop.stop();
  });
});
