import { jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import type { Digest } from '../../domain/kernel/digest.js';
import { REUSE_KINDS, STAGES, STAGE_STATUSES } from '../../domain/kernel/states.js';
import { clock, moment } from './columns.js';

export const stageRun = pgTable(
  'stage_run',
  {
    runId: text('run_id').notNull(),
    stage: text('stage', { enum: STAGES }).notNull(),
    status: text('status', { enum: STAGE_STATUSES }).notNull(),
    waitingFor: text('waiting_for'),
    summary: jsonb('summary').$type<Record<string, unknown>>(),
    /** What the stage left for those after it. */
    result: jsonb('result').$type<object>(),
    reuseKey: text('reuse_key').$type<Digest>(),
    /** The run that did the work, where this one did not. */
    reusedFromRun: text('reused_from_run'),
    reusedKind: text('reused_kind', { enum: REUSE_KINDS }),
    startedAt: moment('started_at').notNull().default(clock),
    endedAt: moment('ended_at'),
  },
  (table) => [primaryKey({ columns: [table.runId, table.stage] })],
);
