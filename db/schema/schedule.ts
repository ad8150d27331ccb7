import { bigint, boolean, jsonb, pgTable, text } from 'drizzle-orm/pg-core';
import type { Digest } from '../../domain/kernel/digest.js';
import { OVERLAP_POLICIES, SCHEDULE_COMMAND_KINDS } from '../../domain/kernel/states.js';
import type { LifecyclePlan } from '../../domain/lifecycle-file/plan.js';
import type { ScheduleCommandDetails } from '../../domain/schedules/schedule.js';
import { clock, moment } from './columns.js';

/** Runs by the clock, as they are wanted now. */
export const schedule = pgTable('schedule', {
  project: text('project').notNull(),
  id: text('id').notNull(),
  name: text('name').notNull(),
  plan: jsonb('plan').$type<LifecyclePlan>().notNull(),
  planDigest: text('plan_digest').$type<Digest>().notNull(),
  cron: text('cron').notNull(),
  timeZone: text('time_zone').notNull(),
  jitterMilliseconds: bigint('jitter_milliseconds', { mode: 'number' }).notNull(),
  overlap: text('overlap', { enum: OVERLAP_POLICIES }).notNull(),
  catchUpMilliseconds: bigint('catch_up_milliseconds', { mode: 'number' }).notNull(),
  isPaused: boolean('is_paused').notNull().default(false),
  requestedBy: text('requested_by').notNull(),
  createdAt: moment('created_at').notNull().default(clock),
  changedAt: moment('changed_at').notNull().default(clock),
  deletedAt: moment('deleted_at'),
});

/** What a person asked of a schedule; the outbox tells the worker of it. */
export const scheduleCommand = pgTable('schedule_command', {
  id: text('id').primaryKey(),
  project: text('project').notNull(),
  schedule: text('schedule').notNull(),
  kind: text('kind', { enum: SCHEDULE_COMMAND_KINDS }).notNull(),
  principal: text('principal').notNull(),
  details: jsonb('details').$type<ScheduleCommandDetails>().notNull().default({}),
  at: moment('at').notNull().default(clock),
});
