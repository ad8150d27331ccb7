import { sql } from 'drizzle-orm';
import { jsonb, pgTable, text } from 'drizzle-orm/pg-core';
import type { Envelope } from '../../domain/evidence/dsse.js';
import { clock, moment } from './columns.js';

/** That one person signs for another in a role, for a time. The envelope is what the delegator signed. */
export const delegation = pgTable('delegation', {
  id: text('id')
    .primaryKey()
    .default(sql`'delegation-' || nextval('delegation_number')`),
  project: text('project').notNull(),
  delegator: text('delegator').notNull(),
  delegate: text('delegate').notNull(),
  role: text('role').notNull(),
  startsAt: moment('starts_at').notNull(),
  endsAt: moment('ends_at').notNull(),
  reason: text('reason').notNull(),
  envelope: jsonb('envelope').$type<Envelope>().notNull(),
  recordedAt: moment('recorded_at').notNull().default(clock),
  revokedAt: moment('revoked_at'),
  revokedBy: text('revoked_by'),
});
