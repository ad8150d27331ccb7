import { z } from 'zod';
import { OVERLAP_POLICIES, RUN_STATUSES, SCHEDULE_COMMAND_KINDS } from '../kernel/states.js';
import { cron, timeZone } from '../lifecycle-file/schema/time-fields.js';
import { digestField, momentField, nameField, projectQuerySchema } from './fields.js';

const DAY_MILLISECONDS = 86_400_000;

const timing = {
  /** Five fields in numbers; the day has to match both the day of the month and that of the week. */
  cron,
  timeZone,
  jitterMilliseconds: z.number().int().min(0).max(DAY_MILLISECONDS),
  overlap: z.enum(OVERLAP_POLICIES),
  /** What was missed for longer than this stays missed. */
  catchUpMilliseconds: z
    .number()
    .int()
    .min(10_000)
    .max(366 * DAY_MILLISECONDS),
};
const plan = z.record(z.string(), z.unknown());
const overlapOnce = z.enum(OVERLAP_POLICIES).optional();

/** `plan` is judged by `parsePlan`. */
export const createScheduleSchema = z
  .strictObject({
    id: nameField,
    plan,
    cron: timing.cron,
    timeZone: timing.timeZone,
    jitterMilliseconds: timing.jitterMilliseconds.default(0),
    overlap: timing.overlap.default('skip'),
    catchUpMilliseconds: timing.catchUpMilliseconds.default(3_600_000),
  })
  .meta({
    id: 'CreateSchedule',
    examples: [{ id: 'nightly', plan: { apiVersion: 'assay/v1' }, cron: '0 3 * * *', timeZone: 'Europe/Berlin' }],
  });
export type CreateSchedule = z.input<typeof createScheduleSchema>;

const range = { from: momentField, to: momentField };

/** What is asked of a schedule; an update changes what it names. */
export const scheduleRequestSchema = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('update'), plan: plan.optional(), ...z.object(timing).partial().shape }),
    z.strictObject({ kind: z.literal('pause') }),
    z.strictObject({ kind: z.literal('resume') }),
    z.strictObject({ kind: z.literal('trigger'), overlap: overlapOnce }),
    z.strictObject({ kind: z.literal('backfill'), ...range, overlap: overlapOnce }),
    z.strictObject({ kind: z.literal('delete') }),
  ])
  .meta({ id: 'ScheduleRequest', examples: [{ kind: 'pause' }] });
export type ScheduleRequest = z.infer<typeof scheduleRequestSchema>;

export const requestedChangeSchema = z
  .object({ commandId: z.string(), scheduleId: z.string(), kind: z.enum(SCHEDULE_COMMAND_KINDS) })
  .meta({ id: 'RequestedChange' });
export type RequestedChange = z.infer<typeof requestedChangeSchema>;

export const scheduleSummarySchema = z
  .object({
    id: z.string(),
    project: z.string(),
    /** The lifecycle's. */
    name: z.string(),
    planDigest: digestField,
    ...timing,
    isPaused: z.boolean(),
    requestedBy: z.string(),
    createdAt: z.string(),
    changedAt: z.string(),
    /** When it is due next, without its jitter; null: never, or paused. */
    nextAt: z.string().nullable(),
  })
  .meta({ id: 'ScheduleSummary' });
export type ScheduleSummary = z.infer<typeof scheduleSummarySchema>;

export const scheduleListSchema = z.object({ schedules: z.array(scheduleSummarySchema) }).meta({ id: 'ScheduleList' });
export type ScheduleList = z.infer<typeof scheduleListSchema>;

const scheduledRunSchema = z.object({
  runId: z.string(),
  scheduledFor: z.string(),
  status: z.enum(RUN_STATUSES),
  reason: z.string().nullable(),
});

export const scheduleViewSchema = scheduleSummarySchema
  .extend({ nextTimes: z.array(z.string()), runs: z.array(scheduledRunSchema) })
  .meta({ id: 'ScheduleView' });
export type ScheduleView = z.infer<typeof scheduleViewSchema>;

export const scheduleTimesQuerySchema = projectQuerySchema.extend(range);

/** What a backfill would start. */
export const scheduleTimesSchema = z
  .object({
    times: z.array(z.object({ at: z.string(), runId: z.string().nullable() })),
    /** Times without a run yet: so many would be started. */
    newRuns: z.number().int(),
    /** There are more times than are listed. */
    isCut: z.boolean(),
    /** What the lifecycle's last training was quoted at; null where none was. */
    quote: z.object({ runId: z.string(), costMicroUsd: z.number(), totalMicroUsd: z.number() }).nullable(),
  })
  .meta({ id: 'ScheduleTimes' });
export type ScheduleTimes = z.infer<typeof scheduleTimesSchema>;
