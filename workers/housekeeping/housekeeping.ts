import type { KeyObject } from 'node:crypto';
import { createCheckpointer } from '../../db/audit/checkpoint.js';
import { claimLease } from '../../db/audit/lease.js';
import { listenForEvents } from '../../db/audit/listen.js';
import { advance, readOutbox } from '../../db/audit/outbox.js';
import { sequence } from '../../db/audit/sequencer.js';
import type { Database } from '../../db/pool.js';
import type { Messenger } from '../../domain/ports/messenger.js';
import { deliver } from './deliver.js';
import { startLoop } from './loop.js';

const CONSUMER = 'temporal';
const BATCH = 500;
const IDLE_MILLISECONDS = 1_000;
/** How long the others wait for a leader that died. */
const LEASE_MILLISECONDS = 3_000;

/**
 * What one worker at a time does for all: chains audit events, signs checkpoints of them, and tells workflows about
 * rows that concern them. Every part may be repeated; a lease decides who leads.
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

  async function work(): Promise<boolean> {
    const lead = await claimLease(db, { name: 'housekeeping', holder, milliseconds: LEASE_MILLISECONDS });
    if (lead === undefined) return false;
    const chained = await sequence(db, { holder, limit: BATCH, leaseMilliseconds: LEASE_MILLISECONDS });
    const isDelivered = await deliverBatch();
    if (chained > 0) await checkpoint();
    return chained === BATCH || isDelivered;
  }

  async function deliverBatch(): Promise<boolean> {
    const events = await readOutbox(db, CONSUMER, BATCH);
    for (const event of events) {
      await deliver(event, messenger);
      await advance(db, CONSUMER, event.leafIndex);
    }
    return events.length === BATCH;
  }

  const loop = startLoop({ work, idleMilliseconds: IDLE_MILLISECONDS, onError });
  const listener = listenForEvents(databaseUrl, loop.wake);
  return {
    async stop() {
      await listener.close();
      await loop.stop();
    },
  };
}
