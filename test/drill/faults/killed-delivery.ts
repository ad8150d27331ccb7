import { seededRandom } from '../../../domain/statistics/random.js';
import type { Drill } from '../drill.js';
import { armFailpoint, isArmed, type Failpoint } from '../failpoint.js';
import type { Outcome } from '../outcome.js';
import { disturbed } from './disturbed.js';

/** As the outbox reads, and as it moves its cursor. */
const READ = 'l.leaf_index >';
const ADVANCE = 'insert into outbox_cursor';
const AMONG = 8;

/** X3: the worker that delivers is killed with messages read and not sent, sent and not advanced, and advanced. */
export const killedDelivery = (drill: Drill): Promise<Outcome> =>
  disturbed(drill, { scenario: 'release' }, async (world, acting) => {
    const random = seededRandom(`${drill.seed}/delivery`);
    const moments = [
      { text: READ, moment: 'after' },
      { text: ADVANCE, moment: 'before' },
      { text: ADVANCE, moment: 'after' },
    ] as const;
    let injected = 0;
    void acting();
    for (const { text, moment } of moments) {
      // Reads with something in them are few; each event is advanced over.
      const occurrence = text === READ ? 1 : 1 + random.integer(AMONG);
      const failpoint: Failpoint = { at: 'statement', text, moment, occurrence, deed: 'kill' };
      armFailpoint(world.failpoints, failpoint);
      const worker = await world.startWorker();
      await Promise.race([worker.ended, acting().catch(() => undefined)]);
      if (!isArmed(world.failpoints)) injected += 1;
    }
    await world.startWorker();
    return { planned: moments.length, injected };
  });
