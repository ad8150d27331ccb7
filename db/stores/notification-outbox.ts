import { and, eq, isNull, sql } from 'drizzle-orm';
import type { ChannelKind, DeliveryState } from '../../domain/kernel/states.js';
import {
  isAboutWaiting,
  isForPeople,
  isNotifiedEvent,
  webhookBody,
  type NotifiedEvent,
} from '../../domain/notifications/events.js';
import { noticeOf, requestIdOf } from '../../domain/notifications/notice.js';
import { whoToTell } from '../../domain/notifications/who-to-tell.js';
import { advance, readOutbox, type ChainedEvent } from '../audit/outbox.js';
import { translated, withDatabaseErrors } from '../database-error.js';
import type { Database } from '../pool.js';
import { notificationChannel, notificationDelivery } from '../schema/notification.js';
import type { Channel } from './channels.js';
import {
  addressedPeople,
  noticedRequests,
  noticedTasks,
  recipientsOf,
  type FoundRequest,
  type FoundTask,
} from './recipients.js';

/** A message whose turn it is. */
export interface DueDelivery {
  id: string;
  channel: string;
  kind: ChannelKind;
  /** Of a webhook alone. */
  url: string | null;
  /** References. */
  secrets: string[];
  /** Of mail alone; null: who it is for has no address. */
  email: string | null;
  type: string;
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

/** What the worker does for channels. */
export interface NotificationOutbox {
  /** Makes a message of each new event for each channel and person that it concerns, once; answers whether there is more. */
  fanOut(limit: number): Promise<boolean>;
  /**
   * Takes messages whose turn it is, a few of each channel, none of those that are busy. Who dies with one leaves it to
   * the next after a minute: a message may come twice, under the same id.
   */
  take(options: { kind: ChannelKind; busy: readonly string[]; ofEach: number; limit: number }): Promise<DueDelivery[]>;
  settle(attempt: SettledAttempt): Promise<void>;
  /** Forgets what was settled so long ago. */
  forget(olderThanMilliseconds: number): Promise<void>;
}

const CONSUMER = 'notifications';
const TAKEN_SECONDS = 60;

export const createNotificationOutbox = (db: Database): NotificationOutbox =>
  translated<NotificationOutbox>({
    fanOut: (limit) => fanOut(db, limit),
    take: (options) => take(db, options),
    settle: (attempt) => settle(db, attempt),
    forget: async (olderThanMilliseconds) => {
      await db.execute(sql`select assay_forget_deliveries(make_interval(secs => ${olderThanMilliseconds / 1000}))`);
    },
  });

async function fanOut(db: Database, limit: number): Promise<boolean> {
  const channels = await db.select().from(notificationChannel).where(isNull(notificationChannel.removedAt));
  if (channels.length === 0) return passBy(db);
  const events = await readOutbox(db, CONSUMER, limit);
  const last = events.at(-1);
  if (last === undefined) return false;
  const heard = events.flatMap((event) => hearing(event, channels));
  const requests = await noticedRequests(db, heard);
  const tasks = await noticedTasks(db, heard);
  const messages: NewDelivery[] = [];
  for (const one of heard) {
    const about = { request: requests.get(requestIdOf(one.event) ?? ''), task: tasks.get(one.event.subject) };
    messages.push(...(await messagesOf(db, one, about)));
  }
  await db.transaction(async (tx) => {
    if (messages.length > 0) await tx.insert(notificationDelivery).values(messages).onConflictDoNothing();
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
      where not exists (select from notification_channel where removed_at is null) having max(leaf_index) is not null
      on conflict (consumer) do update set leaf_index = excluded.leaf_index, advanced_at = clock_timestamp()
      where outbox_cursor.leaf_index < excluded.leaf_index`);
    return false;
  });

type NewDelivery = typeof notificationDelivery.$inferInsert;

/** An event, and the channels that hear of it. */
interface Heard {
  event: ChainedEvent;
  type: NotifiedEvent;
  project: string;
  channels: Channel[];
}

/** A channel hears of what happened since it was added, in its project. */
function hearing(event: ChainedEvent, all: readonly Channel[]): Heard[] {
  const { action, at, project } = event;
  if (project === null || !isNotifiedEvent(action)) return [];
  const channels = all.filter(
    (one) =>
      one.project === project &&
      one.events.includes(action) &&
      one.addedAt.getTime() <= Date.parse(at) &&
      (one.kind === 'webhook' || isForPeople(event)),
  );
  return channels.length === 0 ? [] : [{ event, type: action, project, channels }];
}

async function messagesOf(
  db: Database,
  heard: Heard,
  { request, task }: { request: FoundRequest | undefined; task: FoundTask | undefined },
): Promise<NewDelivery[]> {
  const { type, project } = heard;
  const { at, subject } = heard.event;
  const event = { ...heard.event, details: { ...heard.event.details, ...task } };
  const told = { type, at, project, subject, details: event.details };
  // Of a batch of questions people hear once; of a request that waits, only while it does.
  const isOver = request !== undefined && request.state !== 'open' && isAboutWaiting(type);
  const channels = heard.channels.filter(({ kind }) => kind === 'webhook' || !(isOver || task?.isFirst === false));
  const people = channels.some((one) => one.people)
    ? await addressedPeople(db, project, whoToTell(event, request))
    : [];
  return channels.flatMap((one) => {
    const body = one.kind === 'webhook' ? webhookBody(told) : JSON.stringify(noticeOf(told, request));
    return recipientsOf(one, people).map((recipient) => ({
      channel: one.id,
      recipient,
      eventId: event.id,
      type,
      body,
    }));
  });
}

async function take(
  db: Database,
  { kind, busy, ofEach, limit }: { kind: ChannelKind; busy: readonly string[]; ofEach: number; limit: number },
): Promise<DueDelivery[]> {
  const isDue = sql`state = 'pending' and next_attempt_at <= clock_timestamp()`;
  const { rows } = await db.execute<DueDelivery & Record<string, unknown>>(sql`
    with due as (
      select d.id, row_number() over (partition by channel order by next_attempt_at, created_at) as nth
      from notification_delivery d join notification_channel c on c.id = d.channel and c.kind = ${kind}
      where ${isDue} and channel <> all(${sql.param([...busy])}::text[])
    ), taken as (
      select id from notification_delivery
      where id in (select id from due where nth <= ${ofEach} limit ${limit}) and ${isDue}
      for update skip locked
    )
    update notification_delivery d
    set attempts = attempts + 1, next_attempt_at = clock_timestamp() + make_interval(secs => ${TAKEN_SECONDS})
    from notification_channel c, taken where d.id = taken.id and c.id = d.channel and c.removed_at is null
    returning d.id, d.channel, c.kind, c.url, c.secrets, d.type, d.body, d.attempts,
      case when d.recipient like 'mailbox:%' then substr(d.recipient, 9)
        else (select a.email from notification_address a where 'person:' || a.principal = d.recipient) end as "email"`);
  return rows;
}

async function settle(db: Database, attempt: SettledAttempt): Promise<void> {
  const { id, attempts, state, status, error, nextInMilliseconds } = attempt;
  await db
    .update(notificationDelivery)
    .set({
      state,
      lastStatus: status,
      lastError: error?.slice(0, 500) ?? null,
      ...(nextInMilliseconds === undefined
        ? { settledAt: sql`clock_timestamp()` }
        : { nextAttemptAt: sql`clock_timestamp() + make_interval(secs => ${nextInMilliseconds / 1000})` }),
    })
    .where(
      and(
        eq(notificationDelivery.id, id),
        eq(notificationDelivery.attempts, attempts),
        eq(notificationDelivery.state, 'pending'),
      ),
    );
}
