import { randomUUID } from 'node:crypto';
import { and, asc, desc, eq, isNull, sql } from 'drizzle-orm';
import { LifecycleError } from '../../domain/kernel/errors.js';
import type { ChannelKind, DeliveryState } from '../../domain/kernel/states.js';
import { TEST_EVENT, webhookBody, type NotifiedEvent } from '../../domain/notifications/events.js';
import { TEST_NOTICE, noticeOf } from '../../domain/notifications/notice.js';
import { recordEvent, type NewEvent } from '../audit/record-event.js';
import { translated } from '../database-error.js';
import type { Database, Transaction } from '../pool.js';
import { clock } from '../schema/columns.js';
import { notificationChannel, notificationDelivery } from '../schema/notification.js';
import { recipientsOf } from './recipients.js';

export type Channel = typeof notificationChannel.$inferSelect;
export type Delivery = typeof notificationDelivery.$inferSelect;

/** What a channel needs by its kind; secrets are references as `${secret:NAME}`. */
type ChannelTarget =
  | { kind: 'webhook'; url: string; secrets: readonly string[] }
  /** The secret is the whole address. */
  | { kind: 'slack'; secrets: readonly [string] }
  /** `people`: those that something waits for get mail of their own, at the address that they set. */
  | { kind: 'email'; mailboxes: readonly string[]; people: boolean };

export type NewChannel = ChannelTarget & {
  project: string;
  events: readonly NotifiedEvent[];
  /** A principal's id. */
  by: string;
};

/** What people ask about channels. A removed one is there for its deliveries, and nothing about it changes any more. */
export interface Channels {
  /** @throws CONFLICT where the project has another that sends people mail of their own */
  add(asked: NewChannel): Promise<Channel>;
  /** Those that are not removed, oldest first. */
  list(project: string, kind?: ChannelKind): Promise<Channel[]>;
  /** Undefined where there is none. */
  find(id: string): Promise<Channel | undefined>;
  /** What was still to be sent is dead. Repeating it changes nothing. */
  remove(id: string, by: string): Promise<Channel>;
  /** @throws CONFLICT for a removed one; INVALID_INPUT where its kind takes no such secrets */
  changeSecrets(id: string, secrets: readonly string[], by: string): Promise<Channel>;
  /** A message that tells of nothing, to whoever asks where it goes to people. @throws CONFLICT for a removed one */
  test(id: string, by: string): Promise<Delivery>;
  /** The latest, latest first. */
  deliveries(id: string, state?: DeliveryState): Promise<Delivery[]>;
  /** The latest of all channels of a project, latest first. */
  log(project: string, state?: DeliveryState): Promise<Delivery[]>;
  /** Sends a message again under its id, also one that had arrived. @throws NOT_FOUND; CONFLICT for a removed one */
  redeliver(id: string, deliveryId: string, by: string): Promise<Delivery>;
}

const LATEST = 200;

export const createChannels = (db: Database): Channels =>
  translated<Channels>({
    add: (asked) => db.transaction((tx) => insertChannel(tx, asked)),
    list: (project, kind) =>
      db
        .select()
        .from(notificationChannel)
        .where(
          and(
            eq(notificationChannel.project, project),
            isNull(notificationChannel.removedAt),
            kind && eq(notificationChannel.kind, kind),
          ),
        )
        .orderBy(asc(notificationChannel.addedAt)),
    find: async (id) => (await db.select().from(notificationChannel).where(eq(notificationChannel.id, id)))[0],
    remove: (id, by) => db.transaction((tx) => removeChannel(tx, id, by)),
    changeSecrets: (id, secrets, by) => db.transaction((tx) => exchangeSecrets(tx, { id, secrets, by })),
    test: (id, by) => db.transaction((tx) => insertTest(tx, id, by)),
    deliveries: (id, state) =>
      db
        .select()
        .from(notificationDelivery)
        .where(and(eq(notificationDelivery.channel, id), state && eq(notificationDelivery.state, state)))
        .orderBy(desc(notificationDelivery.createdAt))
        .limit(LATEST),
    log: async (project, state) => {
      const rows = await db
        .select({ delivery: notificationDelivery })
        .from(notificationDelivery)
        .innerJoin(notificationChannel, eq(notificationChannel.id, notificationDelivery.channel))
        .where(and(eq(notificationChannel.project, project), state && eq(notificationDelivery.state, state)))
        .orderBy(desc(notificationDelivery.createdAt))
        .limit(LATEST);
      return rows.map(({ delivery }) => delivery);
    },
    redeliver: (id, deliveryId, by) => db.transaction((tx) => sendAgain(tx, { id, deliveryId, by })),
  });

async function insertChannel(tx: Transaction, { by, events, project, ...target }: NewChannel): Promise<Channel> {
  if (target.kind === 'email' && target.people) await requireOnlyOneForPeople(tx, project);
  const row = {
    id: sql<string>`${`${target.kind}-`} || nextval('notification_channel_number')`,
    project,
    addedBy: by,
    events: [...events],
    kind: target.kind,
    url: target.kind === 'webhook' ? target.url : null,
    secrets: target.kind === 'email' ? [] : [...target.secrets],
    ...(target.kind === 'email' && { mailboxes: [...target.mailboxes], people: target.people }),
  };
  const added = only(await tx.insert(notificationChannel).values(row).returning());
  // Of an address the host alone, and of mailboxes their number: the rest is somebody's, or a secret.
  const where =
    added.url === null
      ? { mailboxes: added.mailboxes.length, people: added.people }
      : { host: new URL(added.url).host };
  const details = { kind: added.kind, ...where, events: added.events };
  await recordEvent(tx, { ...about(added, by), action: 'channel.added', details });
  return added;
}

async function requireOnlyOneForPeople(tx: Transaction, project: string): Promise<void> {
  const { id, people, removedAt } = notificationChannel;
  const isIt = and(eq(notificationChannel.project, project), eq(people, true), isNull(removedAt));
  const [other] = await tx.select({ id }).from(notificationChannel).where(isIt);
  if (other === undefined) return;
  throw new LifecycleError(
    'CONFLICT',
    `${other.id} already sends people their mail: remove it first, or add mailboxes alone.`,
  );
}

async function removeChannel(tx: Transaction, id: string, by: string): Promise<Channel> {
  const known = await lockChannel(tx, id);
  if (known.removedAt !== null) return known;
  const removed = only(
    await tx.update(notificationChannel).set({ removedAt: clock }).where(eq(notificationChannel.id, id)).returning(),
  );
  await tx
    .update(notificationDelivery)
    .set({ state: 'dead', lastError: 'The channel was removed.', settledAt: clock })
    .where(and(eq(notificationDelivery.channel, id), eq(notificationDelivery.state, 'pending')));
  await recordEvent(tx, { ...about(removed, by), action: 'channel.removed' });
  return removed;
}

async function exchangeSecrets(
  tx: Transaction,
  { id, secrets, by }: { id: string; secrets: readonly string[]; by: string },
): Promise<Channel> {
  requireTakesSecrets(requirePresent(await lockChannel(tx, id)), secrets);
  const [changed] = await tx
    .update(notificationChannel)
    .set({ secrets: [...secrets] })
    .where(eq(notificationChannel.id, id))
    .returning();
  const exchanged = only([changed]);
  const key = `${id}/${randomUUID()}`;
  await recordEvent(tx, { ...about(exchanged, by), action: 'channel.secrets-changed', details: { secrets }, key });
  return exchanged;
}

/** Mail to people is tried at whoever asks. */
async function insertTest(tx: Transaction, id: string, by: string): Promise<Delivery> {
  const known = requirePresent(await lockChannel(tx, id));
  const told = { at: new Date().toISOString(), project: known.project, subject: id, details: {} };
  const type = known.kind === 'webhook' ? TEST_EVENT : TEST_NOTICE;
  const body =
    type === TEST_EVENT ? webhookBody({ type, ...told }) : JSON.stringify(noticeOf({ type, ...told }, undefined));
  const recipients = recipientsOf(known, [by]);
  const rows = recipients.map((recipient) => ({ channel: id, recipient, type, body }));
  const [first] = await tx.insert(notificationDelivery).values(rows).returning();
  return only([first]);
}

async function sendAgain(
  tx: Transaction,
  { id, deliveryId, by }: { id: string; deliveryId: string; by: string },
): Promise<Delivery> {
  const known = requirePresent(await lockChannel(tx, id));
  const [again] = await tx
    .update(notificationDelivery)
    .set({ state: 'pending', attempts: 0, nextAttemptAt: clock, settledAt: null })
    .where(and(eq(notificationDelivery.id, deliveryId), eq(notificationDelivery.channel, id)))
    .returning();
  if (again === undefined) throw new LifecycleError('NOT_FOUND', `${id} has no delivery ${deliveryId}.`);
  const key = `${deliveryId}/${randomUUID()}`;
  const event = { ...about(known, by), action: 'channel.redelivered', details: { delivery: deliveryId }, key } as const;
  await recordEvent(tx, event);
  return again;
}

async function lockChannel(tx: Transaction, id: string): Promise<Channel> {
  const [known] = await tx.select().from(notificationChannel).where(eq(notificationChannel.id, id)).for('update');
  if (known === undefined) throw new LifecycleError('NOT_FOUND', `There is no channel ${id}.`);
  return known;
}

function requirePresent(known: Channel): Channel {
  if (known.removedAt === null) return known;
  throw new LifecycleError('CONFLICT', `${known.id} was removed. Add another.`);
}

function requireTakesSecrets({ id, kind }: Channel, secrets: readonly string[]): void {
  if (kind === 'webhook' || (kind === 'slack' && secrets.length === 1)) return;
  const takes = kind === 'slack' ? 'takes one secret: its address' : 'takes no secret: the mail server is the worker’s';
  throw new LifecycleError('INVALID_INPUT', `${id} ${takes}.`);
}

const about = ({ id, project }: Channel, by: string): Omit<NewEvent, 'action'> => ({ project, actor: by, subject: id });

function only<T>([row]: (T | undefined)[]): T {
  if (row === undefined) throw new LifecycleError('INTERNAL', 'Postgres stored a row and named none.');
  return row;
}
