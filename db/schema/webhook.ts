import { sql } from 'drizzle-orm';
import { bigint, integer, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { DELIVERY_STATES } from '../../domain/kernel/states.js';
import { clock, moment } from './columns.js';

/** Who is told of events. Secrets are references. */
export const webhook = pgTable('webhook', {
  id: text('id')
    .primaryKey()
    .default(sql`'webhook-' || nextval('webhook_number')`),
  project: text('project').notNull(),
  url: text('url').notNull(),
  events: text('events').array().notNull(),
  secrets: text('secrets').array().notNull(),
  addedBy: text('added_by').notNull(),
  addedAt: moment('added_at').notNull().default(clock),
  removedAt: moment('removed_at'),
});

/** A message to a webhook, and how far it has come. */
export const webhookDelivery = pgTable('webhook_delivery', {
  id: uuid('id').primaryKey().defaultRandom(),
  webhook: text('webhook').notNull(),
  eventId: bigint('event_id', { mode: 'number' }),
  type: text('type').notNull(),
  body: text('body').notNull(),
  state: text('state', { enum: DELIVERY_STATES }).notNull().default('pending'),
  attempts: integer('attempts').notNull().default(0),
  nextAttemptAt: moment('next_attempt_at').notNull().default(clock),
  lastStatus: integer('last_status'),
  lastError: text('last_error'),
  createdAt: moment('created_at').notNull().default(clock),
  settledAt: moment('settled_at'),
});
