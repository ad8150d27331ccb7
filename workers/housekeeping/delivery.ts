import { advance, readOutbox } from '../../db/audit/outbox.js';
import type { Database } from '../../db/pool.js';
import { isLifecycleError } from '../../domain/kernel/errors.js';
import type { Messenger } from '../../domain/ports/messenger.js';
import { deliver } from './deliver.js';

const CONSUMER = 'temporal';
const BATCH = 500;
/** A third of the lease: who was slow asks again whether it still leads, before another does the same. */
const TRUST_MILLISECONDS = 1_000;

/**
 * Makes the function that delivers what the outbox holds, in its order, and answers whether there is more. A message
 * that could not be delivered stops the batch and comes again; one that the server refuses for what it is can never be
 * delivered: it is reported and passed by, so that it does not keep the others from their workflows.
 */
export function createDelivery(
  db: Database,
  {
    messenger,
    leads,
    onError,
  }: { messenger: Messenger; leads: () => Promise<boolean>; onError: (error: unknown) => void },
): () => Promise<boolean> {
  return async () => {
    let askedAt = Date.now();
    if (!(await leads())) return false;
    const events = await readOutbox(db, CONSUMER, BATCH);
    for (const event of events) {
      if (Date.now() - askedAt > TRUST_MILLISECONDS) {
        askedAt = Date.now();
        if (!(await leads())) return false;
      }
      await deliver(event, messenger).catch((error: unknown) => {
        if (!isLifecycleError(error, 'INVALID_INPUT')) throw error;
        onError(error);
      });
      await advance(db, CONSUMER, event.leafIndex);
    }
    return events.length === BATCH;
  };
}
