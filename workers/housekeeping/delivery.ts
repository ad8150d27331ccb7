import { advance, readOutbox, type ChainedEvent } from '../../db/audit/outbox.js';
import type { Database } from '../../db/pool.js';
import { groupBy } from '../../domain/data/group-by.js';
import { isLifecycleError } from '../../domain/kernel/errors.js';
import type { Messenger } from '../../domain/ports/messenger.js';
import { messageOf, type Message } from './message.js';

const CONSUMER = 'temporal';
const BATCH = 500;
/** Workflows that are told something at the same time. */
const AT_ONCE = 16;

interface DeliveryOptions {
  messenger: Messenger;
  leads: () => Promise<boolean>;
  onError: (error: unknown) => void;
}

interface Untold extends Message {
  leafIndex: number;
}

/**
 * Makes the function that delivers what the outbox holds, and answers whether there is more. Each workflow hears of its
 * events in their order; several workflows are told at once. A message that could not be delivered stops the batch: it
 * comes again, with what lies behind it, which is safe.
 */
export function createDelivery(db: Database, options: DeliveryOptions): () => Promise<boolean> {
  return async () => {
    if (!(await options.leads())) return false;
    const events = await readOutbox(db, CONSUMER, BATCH);
    const messages = events.flatMap((event) => toMessage(event));
    const { untold, failure } = await tellAll(messages, options);
    const last = events.findLast((event) => event.leafIndex < Math.min(...untold));
    if (last !== undefined) await advance(db, CONSUMER, last.leafIndex);
    if (failure !== undefined) throw failure.error;
    return untold.size === 0 && events.length === BATCH;
  };
}

function toMessage(event: ChainedEvent): Untold[] {
  const message = messageOf(event);
  return message === undefined ? [] : [{ ...message, leafIndex: event.leafIndex }];
}

/** Tells until all are told, one could not be, or another process leads. @returns the leaves that were not told of. */
async function tellAll(
  messages: readonly Untold[],
  options: DeliveryOptions,
): Promise<{ untold: Set<number>; failure: { error: unknown } | undefined }> {
  const untold = new Set(messages.map((message) => message.leafIndex));
  const lanes = [...groupBy(messages, (message) => message.to).values()];
  let failure: { error: unknown } | undefined;

  async function tellLanes(): Promise<void> {
    for (let lane = lanes.shift(); lane !== undefined; lane = lanes.shift()) {
      for (const message of lane) {
        if (failure !== undefined || !(await options.leads())) return;
        await tell(message, options);
        untold.delete(message.leafIndex);
      }
    }
  }

  const tellers = Array.from({ length: AT_ONCE }, () =>
    tellLanes().catch((error: unknown) => {
      failure ??= { error };
    }),
  );
  await Promise.all(tellers);
  return { untold, failure };
}

/** What the server refuses for what it is can never be delivered: it is reported and keeps nobody waiting. */
async function tell({ send }: Untold, { messenger, onError }: DeliveryOptions): Promise<void> {
  try {
    await send(messenger);
  } catch (error) {
    if (!isLifecycleError(error, 'INVALID_INPUT')) throw error;
    onError(error);
  }
}
