import { sql } from 'drizzle-orm';
import { bigint, jsonb, pgTable, text } from 'drizzle-orm/pg-core';
import { STAGES } from '../../domain/kernel/states.js';
import { clock, moment, transactionId } from './columns.js';

/** What a provider told of a run's training. */
export const runEvent = pgTable('run_event', {
  id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
  xid: transactionId('xid')
    .notNull()
    .default(sql`pg_current_xact_id()`),
  runId: text('run_id').notNull(),
  stage: text('stage', { enum: STAGES }).notNull(),
  sourceId: text('source_id').notNull(),
  at: moment('at').notNull().default(clock),
  message: text('message').notNull(),
  data: jsonb('data').$type<Record<string, number>>().notNull().default({}),
});
