import type { Drill } from '../drill.js';
import { armFailpoint, isArmed } from '../failpoint.js';
import type { Outcome } from '../outcome.js';
import { disturbed } from './disturbed.js';

/** X25: a worker whose memory is full, in the middle of making a dataset and of sealing a model. */
export const outOfMemory = (drill: Drill): Promise<Outcome> =>
  disturbed(drill, { scenario: 'release' }, async (world, acting) => {
    const wrong: string[] = [];
    let injected = 0;
    void acting();
    for (const activity of ['curateData', 'sealModel'] as const) {
      armFailpoint(world.failpoints, {
        at: 'activity',
        activity,
        moment: 'during',
        of: 'writes',
        nth: 1,
        occurrence: 1,
        deed: 'out-of-memory',
      });
      const worker = await world.startWorker({ nodeArguments: ['--max-old-space-size=256'] });
      await Promise.race([worker.ended, acting().catch(() => undefined)]);
      if (isArmed(world.failpoints)) continue;
      injected += 1;
      if (!worker.said().includes('heap out of memory'))
        wrong.push(`the worker ended (${worker.end()}), not of memory`);
    }
    await world.startWorker();
    return { planned: 2, injected, wrong };
  });
