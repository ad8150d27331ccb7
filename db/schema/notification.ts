import { bigint, boolean, integer, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { CHANNEL_KINDS, DELIVERY_STATES } from '../../domain/kernel/states.js';
import { clock, moment } from './columns.js';

/** Where events of a project are told. Secrets are references. */
export const notificationChannel = pgTable('notification_channel', {
  id: text('id').primaryKey(),
  project: text('project').notNull(),
  kind: text('kind', { enum: CHANNEL_KINDS }).notNull(),
  /** Of a webhook alone. */
  url: text('url'),
  events: text('events').array().notNull(),
  secrets: text('secrets').array().notNull(),
  mailboxes: text('mailboxes').array().notNull().default([]),
  people: boolean('people').notNull().default(false),
  addedBy: text('added_by').notNull(),
  addedAt: moment('added_at').notNull().default(clock),
  removedAt: moment('removed_at'),
});

/** A message by a channel to one recipient, and how far it has come. */
export const notificationDelivery = pgTable('notification_delivery', {
  id: uuid('id').primaryKey().defaultRandom(),
  channel: text('channel').notNull(),
  recipient: text('recipient').notNull().default(''),
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

/** Where a person wants their mail. */
export const notificationAddress = pgTable('notification_address', {
  principal: text('principal').primaryKey(),
  email: text('email').notNull(),
  setAt: moment('set_at').notNull().default(clock),
});
