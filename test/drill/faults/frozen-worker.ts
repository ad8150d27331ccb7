import { setTimeout as sleep } from 'node:timers/promises';
import type { Activities } from '../../../activities/create-activities.js';
import type { Drill } from '../drill.js';
import { armFailpoint, isArmed } from '../failpoint.js';
import type { Outcome } from '../outcome.js';
import { disturbed } from './disturbed.js';

const FROZEN_MILLISECONDS = 60_000;
const POLL_MILLISECONDS = 100;

/**
 * X8: a worker stands still for a minute with its last write made and not committed, while another one does its work;
 * then it goes on, and everything that it still says is too late.
 */
export const frozenWorker = (drill: Drill, activity: keyof Activities): Promise<Outcome> =>
  disturbed(drill, { scenario: 'release' }, async (world, acting) => {
    const { traced } = await drill.undisturbed('release');
    const nth = Math.max(1, ...traced.filter((one) => one.activity === activity).map(({ writes }) => writes));
    armFailpoint(world.failpoints, {
      at: 'activity',
      activity,
      moment: 'during',
      of: 'writes',
      nth,
      occurrence: 1,
      deed: 'freeze',
    });
    const frozen = await world.startWorker();
    const over = acting();
    const isFrozen = await hitBefore(world.failpoints, over);
    const until = Date.now() + FROZEN_MILLISECONDS;
    await world.startWorker();
    while (Date.now() < until) await sleep(POLL_MILLISECONDS);
    frozen.child.kill('SIGCONT');
    await over;
    const survived = frozen.end() === null ? [] : [`the worker that had stood still ended: ${frozen.end()}`];
    return { planned: 1, injected: isFrozen ? 1 : 0, wrong: survived };
  });

/** Whether the failpoint was reached before the lifecycle was over. */
async function hitBefore(folder: string, over: Promise<unknown>): Promise<boolean> {
  const waiting = new AbortController();
  void over.finally(() => waiting.abort()).catch(() => undefined);
  while (isArmed(folder) && !waiting.signal.aborted) await sleep(POLL_MILLISECONDS);
  return !isArmed(folder);
}
