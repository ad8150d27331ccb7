/** Clocks outside: each call sets one, or brings it up to date. */
export interface Schedules {
  /** Judges a window of the alias's traffic at this interval; an overlap is skipped. */
  ensureMonitor(input: { project: string; alias: string; everyMilliseconds: number }): Promise<{ scheduleId: string }>;
  /** Requests a retrain by the clock: cron, with its time zone stated. Null removes the schedule. */
  ensureRetrain(input: {
    project: string;
    name: string;
    schedule: { cron: string; timeZone: string; jitterMilliseconds: number } | null;
  }): Promise<{ scheduleId: string | null }>;
}
