import { sql } from 'drizzle-orm';
import { bigint, jsonb, pgTable, text } from 'drizzle-orm/pg-core';
import { bytes, clock, moment, transactionId } from './columns.js';

export const auditEvent = pgTable('audit_event', {
  id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
  xid: transactionId('xid')
    .notNull()
    .default(sql`pg_current_xact_id()`),
  at: moment('at').notNull().default(clock),
  project: text('project'),
  actor: text('actor').notNull(),
  action: text('action').notNull(),
  subject: text('subject').notNull(),
  details: jsonb('details').$type<Record<string, unknown>>().notNull().default({}),
  eventKey: text('event_key').notNull(),
});

export const auditLeaf = pgTable('audit_leaf', {
  leafIndex: bigint('leaf_index', { mode: 'number' }).primaryKey(),
  eventId: bigint('event_id', { mode: 'number' }).notNull(),
  leafHash: bytes('leaf_hash').notNull(),
});

export const auditCheckpoint = pgTable('audit_checkpoint', {
  size: bigint('size', { mode: 'number' }).primaryKey(),
  root: bytes('root').notNull(),
  note: text('note').notNull(),
  at: moment('at').notNull().default(clock),
});

/** Keys that have signed checkpoints; `vkey` as c2sp.org/signed-note writes it. */
export const auditKey = pgTable('audit_key', {
  vkey: text('vkey').primaryKey(),
  origin: text('origin').notNull(),
  since: moment('since').notNull().default(clock),
});

/** The last leaf that a consumer of the log has dealt with. */
export const outboxCursor = pgTable('outbox_cursor', {
  consumer: text('consumer').primaryKey(),
  leafIndex: bigint('leaf_index', { mode: 'number' }).notNull(),
  advancedAt: moment('advanced_at').notNull().default(clock),
});

/** Who leads, until when by the database's clock; `fencing` grows with every change of hands. */
export const lease = pgTable('lease', {
  name: text('name').primaryKey(),
  holder: text('holder').notNull(),
  expiresAt: moment('expires_at').notNull(),
  fencing: bigint('fencing', { mode: 'number' }).notNull(),
});
