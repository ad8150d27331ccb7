import { jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { STAGES, STAGE_STATUSES } from '../../domain/kernel/states.js';
import { clock, moment } from './columns.js';

export const stageRun = pgTable(
  'stage_run',
  {
    runId: text('run_id').notNull(),
    stage: text('stage', { enum: STAGES }).notNull(),
    status: text('status', { enum: STAGE_STATUSES }).notNull(),
    waitingFor: text('waiting_for'),
    summary: jsonb('summary').$type<Record<string, unknown>>(),
    startedAt: moment('started_at').notNull().default(clock),
    endedAt: moment('ended_at'),
  },
  (table) => [primaryKey({ columns: [table.runId, table.stage] })],
);
