import { sql } from 'drizzle-orm';
import { integer, jsonb, pgTable, text } from 'drizzle-orm/pg-core';
import type { Digest } from '../../domain/kernel/digest.js';
import { IMPORT_STATES } from '../../domain/kernel/states.js';
import type { BaseModelCard } from '../../domain/lifecycle-file/plan.js';
import type { ImportSource } from '../../domain/ports/import-store.js';
import { clock, moment } from './columns.js';

export const baseImport = pgTable('base_import', {
  id: text('id')
    .primaryKey()
    .default(sql`'import-' || nextval('base_import_number')`),
  project: text('project').notNull(),
  name: text('name').notNull(),
  source: jsonb('source').$type<ImportSource>().notNull(),
  card: jsonb('card').$type<BaseModelCard>().notNull(),
  requestedBy: text('requested_by').notNull(),
  requestedAt: moment('requested_at').notNull().default(clock),
  state: text('state', { enum: IMPORT_STATES }).notNull().default('requested'),
  number: integer('number'),
  evidence: text('evidence').$type<Digest>(),
  reason: text('reason'),
  endedAt: moment('ended_at'),
});
