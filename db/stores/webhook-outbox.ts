import { and, eq, isNull, sql } from 'drizzle-orm';
import type { DeliveryState } from '../../domain/kernel/states.js';
import { isWebhookEvent, webhookBody } from '../../domain/webhooks/events.js';
import { advance, readOutbox, type ChainedEvent } from '../audit/outbox.js';
import { translated, withDatabaseErrors } from '../database-error.js';
import type { Database } from '../pool.js';
import { webhook, webhookDelivery } from '../schema/webhook.js';
import type { Webhook } from './webhooks.js';

/** A message whose turn it is. */
export interface DueDelivery {
  id: string;
  webhook: string;
  url: string;
  /** References. */
  secrets: string[];
  body: string;
  /** This one included. */
  attempts: number;
}

export interface SettledAttempt {
  id: string;
  /** Of the attempt that is settled: an older one changes nothing. */
  attempts: number;
  state: DeliveryState;
  status: number | null;
  error: string | null;
  /** Where it is still pending. */
  nextInMilliseconds?: number;
}

/** What the worker does for webhooks. */
export interface WebhookOutbox {
  /** Makes a message of each new event for each webhook that asked for it, once; answers whether there is more. */
  fanOut(limit: number): Promise<boolean>;
  /**
   * Takes messages whose turn it is, a few of each webhook, none of those that are busy. Who dies with one leaves it to
   * the next after a minute: a message may come twice, under the same id.
   */
  take(options: { busy: readonly string[]; ofEach: number; limit: number }): Promise<DueDelivery[]>;
  settle(attempt: SettledAttempt): Promise<void>;
  /** Forgets what was settled so long ago. */
  forget(olderThanMilliseconds: number): Promise<void>;
}

const CONSUMER = 'webhooks';
const TAKEN_SECONDS = 60;

export const createWebhookOutbox = (db: Database): WebhookOutbox =>
  translated<WebhookOutbox>({
    fanOut: (limit) => fanOut(db, limit),
    take: (options) => take(db, options),
    settle: (attempt) => settle(db, attempt),
    forget: async (olderThanMilliseconds) => {
      await db.execute(sql`select assay_forget_deliveries(make_interval(secs => ${olderThanMilliseconds / 1000}))`);
    },
  });

async function fanOut(db: Database, limit: number): Promise<boolean> {
  const webhooks = await db.select().from(webhook).where(isNull(webhook.removedAt));
  if (webhooks.length === 0) return passBy(db);
  const events = await readOutbox(db, CONSUMER, limit);
  const last = events.at(-1);
  if (last === undefined) return false;
  const messages = events.flatMap((event) => messagesOf(event, webhooks));
  await db.transaction(async (tx) => {
    if (messages.length > 0) await tx.insert(webhookDelivery).values(messages).onConflictDoNothing();
    await advance(tx, CONSUMER, last.leafIndex);
  });
  return events.length === limit;
}

/** Where nobody listens, nothing is read: the cursor goes to the end, unless somebody was added meanwhile. */
const passBy = (db: Database): Promise<boolean> =>
  withDatabaseErrors(async () => {
    await db.execute(sql`
      insert into outbox_cursor (consumer, leaf_index)
      select ${CONSUMER}, max(leaf_index) from audit_leaf
      where not exists (select from webhook where removed_at is null) having max(leaf_index) is not null
      on conflict (consumer) do update set leaf_index = excluded.leaf_index, advanced_at = clock_timestamp()
      where outbox_cursor.leaf_index < excluded.leaf_index`);
    return false;
  });

/** A webhook hears of what happened since it was added, in its project. */
function messagesOf(event: ChainedEvent, webhooks: readonly Webhook[]) {
  const { action, at, project, subject, details } = event;
  if (project === null || !isWebhookEvent(action)) return [];
  const hears = (one: Webhook): boolean =>
    one.project === project && one.events.includes(action) && one.addedAt.getTime() <= Date.parse(at);
  const body = webhookBody({ type: action, at, project, subject, details });
  return webhooks.filter(hears).map((one) => ({ webhook: one.id, eventId: event.id, type: action, body }));
}

async function take(
  db: Database,
  { busy, ofEach, limit }: { busy: readonly string[]; ofEach: number; limit: number },
): Promise<DueDelivery[]> {
  const isDue = sql`state = 'pending' and next_attempt_at <= clock_timestamp()`;
  const { rows } = await db.execute<DueDelivery & Record<string, unknown>>(sql`
    with due as (
      select id, row_number() over (partition by webhook order by next_attempt_at, created_at) as nth
      from webhook_delivery where ${isDue} and webhook <> all(${sql.param([...busy])}::text[])
    ), taken as (
      select id from webhook_delivery where id in (select id from due where nth <= ${ofEach} limit ${limit}) and ${isDue}
      for update skip locked
    )
    update webhook_delivery d
    set attempts = attempts + 1, next_attempt_at = clock_timestamp() + make_interval(secs => ${TAKEN_SECONDS})
    from webhook w, taken where d.id = taken.id and w.id = d.webhook and w.removed_at is null
    returning d.id, d.webhook, w.url, w.secrets, d.body, d.attempts`);
  return rows;
}

async function settle(db: Database, attempt: SettledAttempt): Promise<void> {
  const { id, attempts, state, status, error, nextInMilliseconds } = attempt;
  await db
    .update(webhookDelivery)
    .set({
      state,
      lastStatus: status,
      lastError: error?.slice(0, 500) ?? null,
      ...(nextInMilliseconds === undefined
        ? { settledAt: sql`clock_timestamp()` }
        : { nextAttemptAt: sql`clock_timestamp() + make_interval(secs => ${nextInMilliseconds / 1000})` }),
    })
    .where(
      and(eq(webhookDelivery.id, id), eq(webhookDelivery.attempts, attempts), eq(webhookDelivery.state, 'pending')),
    );
}
