import type { RunStatus } from '../domain/kernel/states.js';
import type { ScheduledTime, ScheduleStore } from '../domain/ports/schedule-store.js';

/** Runs of a schedule's times, as rows. */
export function createScheduledRunActivities({ scheduleRows }: { scheduleRows: ScheduleStore }) {
  return {
    /** The same time is the same run; null where there is no such schedule. */
    async requestScheduledRun(time: ScheduledTime): Promise<{ runId: string | null }> {
      return { runId: (await scheduleRows.requestRun(time))?.runId ?? null };
    },

    async scheduledRunStatus(time: ScheduledTime): Promise<{ runId: string | null; status: RunStatus | null }> {
      return (await scheduleRows.runOf(time)) ?? { runId: null, status: null };
    },

    cancelScheduledRun: (time: ScheduledTime): Promise<void> => scheduleRows.cancelRun(time),
  };
}
