import type { ScheduleSummary } from '../../domain/api/schedule.js';
import { nextCronTime } from '../../domain/schedules/cron-times.js';
import type { ScheduleLine } from '../../db/views/schedules.js';

/** A schedule as the api shows it, at this moment. */
export function toScheduleSummary({ createdAt, changedAt, ...line }: ScheduleLine, now: Date): ScheduleSummary {
  const next = line.isPaused ? null : nextCronTime(line.cron, line.timeZone, now);
  return {
    ...line,
    createdAt: createdAt.toISOString(),
    changedAt: changedAt.toISOString(),
    nextAt: next?.toISOString() ?? null,
  };
}
