import { bigint, integer, pgTable, text } from 'drizzle-orm/pg-core';
import type { Digest } from '../../domain/kernel/digest.js';
import { clock, moment } from './columns.js';

export const WINDOW_VERDICTS = ['drift', 'no-drift', 'too-few'] as const;

export const monitorWindow = pgTable('monitor_window', {
  number: bigint('number', { mode: 'number' }).generatedAlwaysAsIdentity(),
  id: text('id').primaryKey(),
  project: text('project').notNull(),
  alias: text('alias').notNull(),
  items: integer('items').notNull(),
  labelled: integer('labelled').notNull(),
  verdict: text('verdict', { enum: WINDOW_VERDICTS }).notNull(),
  evidence: text('evidence').$type<Digest>().notNull(),
  upToAt: moment('up_to_at').notNull(),
  upToId: text('up_to_id').notNull(),
  recordedAt: moment('recorded_at').notNull().default(clock),
});
