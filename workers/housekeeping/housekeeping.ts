import type { KeyObject } from 'node:crypto';
import { createCheckpointer } from '../../db/audit/checkpoint.js';
import { claimLease } from '../../db/audit/lease.js';
import { listenForEvents } from '../../db/audit/listen.js';
import { sequence } from '../../db/audit/sequencer.js';
import { withDatabaseErrors } from '../../db/database-error.js';
import type { Database } from '../../db/pool.js';
import { createServedRequests } from '../../db/stores/served-requests.js';
import type { Messenger } from '../../domain/ports/messenger.js';
import { createDelivery } from './delivery.js';
import { startLoop } from './loop.js';

const BATCH = 500;
const IDLE_MILLISECONDS = 1_000;
/** How long the others wait for a leader that died. */
const LEASE_MILLISECONDS = 3_000;
const DAY_MILLISECONDS = 86_400_000;
/** A database that no worker has looked at for a week still finds the partition of the day. */
const PARTITION_DAYS_AHEAD = 7;

/**
 * What one worker at a time does for all: chains audit events and signs checkpoints of them; tells workflows about rows
 * that concern them; makes the partitions of the days ahead. Every part may be repeated, and none waits for another:
 * events are chained while Temporal is away. A lease for each part decides who leads.
 */
export function startHousekeeping(options: {
  db: Database;
  databaseUrl: string;
  holder: string;
  origin: string;
  logKey: KeyObject;
  messenger: Messenger;
  onError: (error: unknown) => void;
}): { stop(): Promise<void> } {
  const { db, databaseUrl, holder, messenger, onError } = options;
  const checkpoint = createCheckpointer(db, { origin: options.origin, privateKey: options.logKey });
  const leads = async (name: string): Promise<boolean> =>
    (await withDatabaseErrors(() => claimLease(db, { name, holder, milliseconds: LEASE_MILLISECONDS }))) !== undefined;

  async function chain(): Promise<boolean> {
    if (!(await leads('housekeeping'))) return false;
    const chained = await sequence(db, { holder, limit: BATCH, leaseMilliseconds: LEASE_MILLISECONDS });
    if (chained > 0) delivering.wake();
    // Also without new leaves: a leader may have died between chaining and signing.
    await checkpoint();
    return chained === BATCH;
  }

  async function makePartitions(): Promise<boolean> {
    await createServedRequests(db).ensurePartitions(PARTITION_DAYS_AHEAD);
    return false;
  }

  const deliverBatch = createDelivery(db, { messenger, leads: () => leads('delivery'), onError });
  const delivering = startLoop({ work: deliverBatch, idleMilliseconds: IDLE_MILLISECONDS, onError });
  const chaining = startLoop({ work: chain, idleMilliseconds: IDLE_MILLISECONDS, onError });
  const partitioning = startLoop({ work: makePartitions, idleMilliseconds: DAY_MILLISECONDS, onError });
  const listener = listenForEvents(databaseUrl, chaining.wake);
  return {
    async stop() {
      await listener.close();
      await Promise.all([chaining.stop(), delivering.stop(), partitioning.stop()]);
    },
  };
}
