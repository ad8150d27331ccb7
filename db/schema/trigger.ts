import { sql } from 'drizzle-orm';
import { pgTable, text } from 'drizzle-orm/pg-core';
import type { Digest } from '../../domain/kernel/digest.js';
import { TRIGGER_KINDS } from '../../domain/kernel/states.js';
import { clock, moment } from './columns.js';

/** A reason to run again, and what became of it. */
export const trigger = pgTable('trigger', {
  id: text('id')
    .primaryKey()
    .default(sql`'trigger-' || nextval('trigger_number')`),
  project: text('project').notNull(),
  name: text('name').notNull(),
  kind: text('kind', { enum: TRIGGER_KINDS }).notNull(),
  sourceKey: text('source_key').notNull(),
  evidence: text('evidence').$type<Digest>(),
  createdAt: moment('created_at').notNull().default(clock),
  outcome: text('outcome'),
  settledAt: moment('settled_at'),
});
