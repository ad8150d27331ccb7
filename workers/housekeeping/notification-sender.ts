import type { DueDelivery, NotificationOutbox, SettledAttempt } from '../../db/stores/notification-outbox.js';
import { isLifecycleError } from '../../domain/kernel/errors.js';
import { CHANNEL_KINDS, type ChannelKind } from '../../domain/kernel/states.js';
import { retryDelay } from '../../domain/notifications/retries.js';
import type { Reply } from '../../domain/ports/notification-transports.js';
import { sendNotification, type Transports } from './send-notification.js';

const EVENTS_AT_ONCE = 500;
/** Of each kind, so that a mail server that hangs holds up no webhook. */
const MESSAGES_AT_ONCE: Readonly<Record<ChannelKind, number>> = { webhook: 32, slack: 8, email: 8 };
const MESSAGES_OF_EACH = 2;

export interface NotificationSenderOptions extends Transports {
  outbox: NotificationOutbox;
  /** Between the attempts. */
  delays: readonly number[];
  /** From 0 to 1. */
  random: () => number;
  /** A message was settled: there is room for another. */
  onSettled: () => void;
  onError: (error: unknown) => void;
}

export interface NotificationSender {
  /** Makes messages of new events and begins to send those whose turn it is; answers whether there is more to make. */
  work(): Promise<boolean>;
  /** Breaks off what is being sent: the next worker sends it again. */
  stop(): Promise<void>;
}

/**
 * Sends what channels are told, several at once and few of each, so that one that is slow or dead holds up no other.
 * What did not arrive is tried again by the schedule, then left as dead.
 */
export function createNotificationSender(options: NotificationSenderOptions): NotificationSender {
  const { outbox, onSettled, onError } = options;
  const stopping = new AbortController();
  const underWay = new Map<string, { kind: ChannelKind; channel: string; ended: Promise<void> }>();

  function begin(due: DueDelivery): void {
    const ended = attempt(due, options, stopping.signal)
      .then((settled) => (stopping.signal.aborted ? undefined : outbox.settle(settled)))
      .catch(onError)
      .finally(() => {
        underWay.delete(due.id);
        onSettled();
      });
    underWay.set(due.id, { kind: due.kind, channel: due.channel, ended });
  }

  async function beginDue(kind: ChannelKind): Promise<void> {
    const same = [...underWay.values()].filter((one) => one.kind === kind);
    const room = MESSAGES_AT_ONCE[kind] - same.length;
    if (room <= 0) return;
    const busy = [...new Set(same.map(({ channel }) => channel))];
    (await outbox.take({ kind, busy, ofEach: MESSAGES_OF_EACH, limit: room })).forEach((due) => begin(due));
  }

  return {
    async work() {
      const isMore = await outbox.fanOut(EVENTS_AT_ONCE);
      for (const kind of CHANNEL_KINDS) await beginDue(kind);
      return isMore;
    },
    async stop() {
      stopping.abort();
      await Promise.all([...underWay.values()].map(({ ended }) => ended));
    },
  };
}

/** Sends one message once, and says what became of it. */
async function attempt(
  due: DueDelivery,
  options: NotificationSenderOptions,
  signal: AbortSignal,
): Promise<SettledAttempt> {
  try {
    return settlement(due, await sendNotification(due, options, signal), options);
  } catch (error) {
    if (!isLifecycleError(error)) throw error;
    const { id, attempts } = due;
    const said = options.secrets.mask(error.message);
    // Where the address is gone, no repetition finds it.
    if (error.code === 'NOT_FOUND' && error.details['isFinal'] === true)
      return { id, attempts, state: 'dead', status: null, error: said };
    return { id, attempts, status: null, error: said, ...next(due, options) };
  }
}

/** 2xx has arrived; what is final is dead; anything else, a redirect too, is tried again. */
function settlement(due: DueDelivery, reply: Reply, options: NotificationSenderOptions): SettledAttempt {
  const { id, attempts } = due;
  const { status } = reply;
  if (status >= 200 && status < 300) return { id, attempts, state: 'delivered', status, error: null };
  const error = `It answered ${status}.`;
  if (reply.isFinal === true) return { id, attempts, state: 'dead', status, error };
  return { id, attempts, status, error, ...next(due, options, reply) };
}

function next(
  { attempts }: DueDelivery,
  { delays, random }: NotificationSenderOptions,
  reply?: Reply,
): Pick<SettledAttempt, 'state' | 'nextInMilliseconds'> {
  const { retryAfterMilliseconds } = reply ?? {};
  const nextInMilliseconds = retryDelay(attempts, { delays, chance: random(), retryAfterMilliseconds });
  return nextInMilliseconds === undefined ? { state: 'dead' } : { state: 'pending', nextInMilliseconds };
}
