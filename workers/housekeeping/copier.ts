import { advance, dealtWith } from '../../db/audit/outbox.js';
import type { Database } from '../../db/pool.js';
import { listCheckpoints } from '../../db/views/audit-checkpoints.js';
import { parseCheckpoint } from '../../domain/audit/checkpoint-note.js';
import type { CheckpointCopies } from '../../domain/ports/checkpoint-copies.js';

const BATCH = 64;
const AT_ONCE = 8;
const LONGEST_PAUSE_MILLISECONDS = 60_000;

/**
 * Makes the function that copies checkpoints to one place, from where it had come, and answers how long it may rest. A
 * place that fails is asked again after a second, then after twice as long each time, at most a minute; none is left out.
 */
export function createCopier(
  db: Database,
  options: {
    copies: CheckpointCopies;
    leads: () => Promise<boolean>;
    idleMilliseconds: number;
    onError: (error: unknown) => void;
  },
): { work(): Promise<number>; isFailing(): boolean } {
  const { copies, leads, idleMilliseconds } = options;
  const consumer = `checkpoints to ${copies.name}`;
  let failures = 0;

  async function copyBatch(): Promise<number> {
    if (!(await leads())) return idleMilliseconds;
    const signedLeaf = await dealtWith(db, consumer);
    const checkpoints = await listCheckpoints(db, signedLeaf + 1, BATCH);
    for (let at = 0; at < checkpoints.length; at += AT_ONCE) {
      const some = checkpoints.slice(at, at + AT_ONCE);
      await Promise.all(some.map(({ size, note }) => copies.put({ origin: parseCheckpoint(note).origin, size, note })));
      await advance(db, consumer, some.at(-1)!.size - 1);
    }
    return checkpoints.length === BATCH ? 0 : idleMilliseconds;
  }

  return {
    isFailing: () => failures > 0,
    async work() {
      try {
        const rest = await copyBatch();
        failures = 0;
        return rest;
      } catch (error) {
        failures += 1;
        options.onError(error);
        return Math.min(1_000 * 2 ** (failures - 1), LONGEST_PAUSE_MILLISECONDS);
      }
    },
  };
}
