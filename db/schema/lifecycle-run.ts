import { sql } from 'drizzle-orm';
import { boolean, jsonb, pgTable, text } from 'drizzle-orm/pg-core';
import type { Digest } from '../../domain/kernel/digest.js';
import { FORK_STAGES, RUN_STATUSES } from '../../domain/kernel/states.js';
import type { LifecyclePlan } from '../../domain/lifecycle-file/plan.js';
import { clock, moment } from './columns.js';

export const lifecycleRun = pgTable('lifecycle_run', {
  id: text('id')
    .primaryKey()
    .default(sql`'run-' || nextval('lifecycle_run_number')`),
  project: text('project').notNull(),
  name: text('name').notNull(),
  status: text('status', { enum: RUN_STATUSES }).notNull().default('requested'),
  requestedBy: text('requested_by').notNull(),
  startKey: text('start_key').notNull(),
  plan: jsonb('plan').$type<LifecyclePlan>().notNull(),
  planDigest: text('plan_digest').$type<Digest>().notNull(),
  triggerId: text('trigger_id'),
  /** The model version that this run makes again; null for one that makes its own. */
  recreates: text('recreates'),
  /** The run that this one goes on from, at this stage. */
  forkedFromRun: text('forked_from_run'),
  forkedFromStage: text('forked_from_stage', { enum: FORK_STAGES }),
  mayReuse: boolean('may_reuse').notNull().default(true),
  schedule: text('schedule'),
  scheduledFor: moment('scheduled_for'),
  reason: text('reason'),
  createdAt: moment('created_at').notNull().default(clock),
  startedAt: moment('started_at'),
  endedAt: moment('ended_at'),
});
