import { pgTable, text } from 'drizzle-orm/pg-core';
import { COMMAND_KINDS } from '../../domain/kernel/states.js';
import { clock, moment } from './columns.js';

/** What a person asked a run to do; the signal carries only the id. */
export const command = pgTable('command', {
  id: text('id').primaryKey(),
  runId: text('run_id').notNull(),
  kind: text('kind', { enum: COMMAND_KINDS }).notNull(),
  principal: text('principal').notNull(),
  at: moment('at').notNull().default(clock),
});
