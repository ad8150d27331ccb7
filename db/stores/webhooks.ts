import { randomUUID } from 'node:crypto';
import { and, asc, desc, eq, isNull } from 'drizzle-orm';
import { LifecycleError } from '../../domain/kernel/errors.js';
import type { DeliveryState } from '../../domain/kernel/states.js';
import { TEST_EVENT, webhookBody, type WebhookEvent } from '../../domain/webhooks/events.js';
import { recordEvent, type NewEvent } from '../audit/record-event.js';
import { translated } from '../database-error.js';
import type { Database, Transaction } from '../pool.js';
import { clock } from '../schema/columns.js';
import { webhook, webhookDelivery } from '../schema/webhook.js';

export type Webhook = typeof webhook.$inferSelect;
export type WebhookDelivery = typeof webhookDelivery.$inferSelect;

export interface NewWebhook {
  project: string;
  url: string;
  events: readonly WebhookEvent[];
  /** References as `${secret:NAME}`. */
  secrets: readonly string[];
  /** A principal's id. */
  by: string;
}

/** What people ask about webhooks. A removed one is there for its deliveries, and nothing about it changes any more. */
export interface Webhooks {
  add(asked: NewWebhook): Promise<Webhook>;
  /** Those that are not removed, oldest first. */
  list(project: string): Promise<Webhook[]>;
  /** Undefined where there is none. */
  find(id: string): Promise<Webhook | undefined>;
  /** What was still to be sent is dead. Repeating it changes nothing. */
  remove(id: string, by: string): Promise<Webhook>;
  /** @throws CONFLICT for a removed one */
  changeSecrets(id: string, secrets: readonly string[], by: string): Promise<Webhook>;
  /** A message that tells of nothing. @throws CONFLICT for a removed one */
  test(id: string): Promise<WebhookDelivery>;
  /** The latest, latest first. */
  deliveries(id: string, state?: DeliveryState): Promise<WebhookDelivery[]>;
  /** Sends a message again under its id, also one that had arrived. @throws NOT_FOUND; CONFLICT for a removed one */
  redeliver(id: string, deliveryId: string, by: string): Promise<WebhookDelivery>;
}

const LATEST = 200;

export const createWebhooks = (db: Database): Webhooks =>
  translated<Webhooks>({
    add: (asked) => db.transaction((tx) => insertWebhook(tx, asked)),
    list: (project) =>
      db
        .select()
        .from(webhook)
        .where(and(eq(webhook.project, project), isNull(webhook.removedAt)))
        .orderBy(asc(webhook.addedAt)),
    find: async (id) => (await db.select().from(webhook).where(eq(webhook.id, id)))[0],
    remove: (id, by) => db.transaction((tx) => removeWebhook(tx, id, by)),
    changeSecrets: (id, secrets, by) => db.transaction((tx) => exchangeSecrets(tx, { id, secrets, by })),
    test: (id) => db.transaction((tx) => insertTest(tx, id)),
    deliveries: (id, state) =>
      db
        .select()
        .from(webhookDelivery)
        .where(and(eq(webhookDelivery.webhook, id), state && eq(webhookDelivery.state, state)))
        .orderBy(desc(webhookDelivery.createdAt))
        .limit(LATEST),
    redeliver: (id, deliveryId, by) => db.transaction((tx) => sendAgain(tx, { id, deliveryId, by })),
  });

async function insertWebhook(tx: Transaction, { by, events, secrets, ...asked }: NewWebhook): Promise<Webhook> {
  const row = { ...asked, addedBy: by, events: [...events], secrets: [...secrets] };
  const added = only(await tx.insert(webhook).values(row).returning());
  // The host alone: the rest of an address may be a secret of its owner's.
  const details = { host: new URL(added.url).host, events: added.events };
  await recordEvent(tx, { ...about(added, by), action: 'webhook.added', details });
  return added;
}

async function removeWebhook(tx: Transaction, id: string, by: string): Promise<Webhook> {
  const known = await lockWebhook(tx, id);
  if (known.removedAt !== null) return known;
  const removed = only(await tx.update(webhook).set({ removedAt: clock }).where(eq(webhook.id, id)).returning());
  await tx
    .update(webhookDelivery)
    .set({ state: 'dead', lastError: 'The webhook was removed.', settledAt: clock })
    .where(and(eq(webhookDelivery.webhook, id), eq(webhookDelivery.state, 'pending')));
  await recordEvent(tx, { ...about(removed, by), action: 'webhook.removed' });
  return removed;
}

async function exchangeSecrets(
  tx: Transaction,
  { id, secrets, by }: { id: string; secrets: readonly string[]; by: string },
): Promise<Webhook> {
  requirePresent(await lockWebhook(tx, id));
  const [changed] = await tx
    .update(webhook)
    .set({ secrets: [...secrets] })
    .where(eq(webhook.id, id))
    .returning();
  const exchanged = only([changed]);
  const key = `${id}/${randomUUID()}`;
  await recordEvent(tx, { ...about(exchanged, by), action: 'webhook.secrets-changed', details: { secrets }, key });
  return exchanged;
}

async function insertTest(tx: Transaction, id: string): Promise<WebhookDelivery> {
  const known = requirePresent(await lockWebhook(tx, id));
  const told = { at: new Date().toISOString(), project: known.project, subject: id, details: {} };
  const body = webhookBody({ type: TEST_EVENT, ...told });
  return only(await tx.insert(webhookDelivery).values({ webhook: id, type: TEST_EVENT, body }).returning());
}

async function sendAgain(
  tx: Transaction,
  { id, deliveryId, by }: { id: string; deliveryId: string; by: string },
): Promise<WebhookDelivery> {
  const known = requirePresent(await lockWebhook(tx, id));
  const [again] = await tx
    .update(webhookDelivery)
    .set({ state: 'pending', attempts: 0, nextAttemptAt: clock, settledAt: null })
    .where(and(eq(webhookDelivery.id, deliveryId), eq(webhookDelivery.webhook, id)))
    .returning();
  if (again === undefined) throw new LifecycleError('NOT_FOUND', `${id} has no delivery ${deliveryId}.`);
  const key = `${deliveryId}/${randomUUID()}`;
  const event = { ...about(known, by), action: 'webhook.redelivered', details: { delivery: deliveryId }, key } as const;
  await recordEvent(tx, event);
  return again;
}

async function lockWebhook(tx: Transaction, id: string): Promise<Webhook> {
  const [known] = await tx.select().from(webhook).where(eq(webhook.id, id)).for('update');
  if (known === undefined) throw new LifecycleError('NOT_FOUND', `There is no webhook ${id}.`);
  return known;
}

function requirePresent(known: Webhook): Webhook {
  if (known.removedAt === null) return known;
  throw new LifecycleError('CONFLICT', `The webhook ${known.id} was removed. Add another.`);
}

const about = ({ id, project }: Webhook, by: string): Omit<NewEvent, 'action'> => ({ project, actor: by, subject: id });

function only<T>([row]: (T | undefined)[]): T {
  if (row === undefined) throw new LifecycleError('INTERNAL', 'Postgres stored a row and named none.');
  return row;
}
