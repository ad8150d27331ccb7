import type { DueDelivery, SettledAttempt, WebhookOutbox } from '../../db/stores/webhook-outbox.js';
import { isLifecycleError } from '../../domain/kernel/errors.js';
import type { Secrets } from '../../domain/ports/secrets.js';
import type { WebhookPost, WebhookReply } from '../../domain/ports/webhook-post.js';
import { retryDelay } from '../../domain/webhooks/retries.js';
import { signedHeaders } from '../../domain/webhooks/signature.js';

const EVENTS_AT_ONCE = 500;
const MESSAGES_AT_ONCE = 32;
const MESSAGES_OF_EACH = 2;

export interface WebhookSenderOptions {
  outbox: WebhookOutbox;
  post: WebhookPost;
  secrets: Secrets;
  /** Between the attempts. */
  delays: readonly number[];
  /** Milliseconds since 1970. */
  clock: () => number;
  /** From 0 to 1. */
  random: () => number;
  /** A message was settled: there is room for another. */
  onSettled: () => void;
  onError: (error: unknown) => void;
}

export interface WebhookSender {
  /** Makes messages of new events and begins to send those whose turn it is; answers whether there is more to make. */
  work(): Promise<boolean>;
  /** Breaks off what is being sent: the next worker sends it again. */
  stop(): Promise<void>;
}

/**
 * Sends webhooks, several at once and few of each, so that one that is slow or dead holds up no other. What did not
 * arrive is tried again by the schedule, then left as dead.
 */
export function createWebhookSender(options: WebhookSenderOptions): WebhookSender {
  const { outbox, onSettled, onError } = options;
  const stopping = new AbortController();
  const underWay = new Map<string, { webhook: string; ended: Promise<void> }>();

  const busy = (): string[] => [...new Set([...underWay.values()].map(({ webhook }) => webhook))];

  function begin(due: DueDelivery): void {
    const ended = attempt(due, options, stopping.signal)
      .then((settled) => (stopping.signal.aborted ? undefined : outbox.settle(settled)))
      .catch(onError)
      .finally(() => {
        underWay.delete(due.id);
        onSettled();
      });
    underWay.set(due.id, { webhook: due.webhook, ended });
  }

  return {
    async work() {
      const isMore = await outbox.fanOut(EVENTS_AT_ONCE);
      const room = MESSAGES_AT_ONCE - underWay.size;
      if (room > 0)
        (await outbox.take({ busy: busy(), ofEach: MESSAGES_OF_EACH, limit: room })).forEach((due) => begin(due));
      return isMore;
    },
    async stop() {
      stopping.abort();
      await Promise.all([...underWay.values()].map(({ ended }) => ended));
    },
  };
}

/** Sends one message once, and says what became of it. */
async function attempt(due: DueDelivery, options: WebhookSenderOptions, signal: AbortSignal): Promise<SettledAttempt> {
  const { id, url, body, attempts } = due;
  try {
    const secrets = await Promise.all(due.secrets.map((written) => options.secrets.resolve(written)));
    const headers = signedHeaders({ id, body, seconds: Math.floor(options.clock() / 1000) }, secrets);
    const reply = await options.post({ url, headers: { ...headers, 'user-agent': 'assay-webhooks/1' }, body, signal });
    return settlement(due, reply, options);
  } catch (error) {
    if (!isLifecycleError(error)) throw error;
    return { id, attempts, status: null, error: options.secrets.mask(error.message), ...next(due, options) };
  }
}

const GONE = 410;

/** 2xx has arrived; 410 says that nobody is there any more; anything else, a redirect too, is tried again. */
function settlement(due: DueDelivery, reply: WebhookReply, options: WebhookSenderOptions): SettledAttempt {
  const { id, attempts } = due;
  const { status } = reply;
  if (status >= 200 && status < 300) return { id, attempts, state: 'delivered', status, error: null };
  const error = `It answered ${status}.`;
  if (status === GONE) return { id, attempts, state: 'dead', status, error };
  return { id, attempts, status, error, ...next(due, options, reply) };
}

function next(
  { attempts }: DueDelivery,
  { delays, random }: WebhookSenderOptions,
  reply?: WebhookReply,
): Pick<SettledAttempt, 'state' | 'nextInMilliseconds'> {
  const { retryAfterMilliseconds } = reply ?? {};
  const nextInMilliseconds = retryDelay(attempts, { delays, chance: random(), retryAfterMilliseconds });
  return nextInMilliseconds === undefined ? { state: 'dead' } : { state: 'pending', nextInMilliseconds };
}
