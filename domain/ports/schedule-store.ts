import type { RunStatus } from '../kernel/states.js';
import type { ScheduleCommandRecord, ScheduleRecord } from '../schedules/schedule.js';

/** A schedule's time: `nominal` as `nominalTime` prints it. */
export interface ScheduledTime {
  project: string;
  schedule: string;
  nominal: string;
}

export interface ScheduleStore {
  /** A command, and its schedule as it is wanted now; undefined where there is none. */
  command(
    project: string,
    schedule: string,
    commandId: string,
  ): Promise<{ command: ScheduleCommandRecord; schedule: ScheduleRecord } | undefined>;
  /**
   * Requests the run of one of a schedule's times: the same time is the same run. Undefined where there is no such
   * schedule (a start that nobody asked for), which is audited.
   */
  requestRun(time: ScheduledTime): Promise<{ runId: string } | undefined>;
  /** How far the run of a time is; undefined where none was requested. */
  runOf(time: ScheduledTime): Promise<{ runId: string; status: RunStatus } | undefined>;
  /** Asks the run of a time to end, once, for the next one; one that has ended is left as it is. */
  cancelRun(time: ScheduledTime): Promise<void>;
}
