import {
  ApplicationFailure,
  CancellationScope,
  condition,
  isCancellation,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';
import { isEnded, type RunStatus } from '../domain/kernel/states.js';
import { bookkeeping } from './activity-proxies.js';
import { runEndedSignal } from './messages.js';

export interface ScheduledRunInput {
  project: string;
  schedule: string;
}

/** `runId` is null where there is no such schedule any more. */
export interface ScheduledRunResult {
  runId: string | null;
  status: RunStatus | null;
}

/**
 * The signal of the run's end may be lost, e.g. with a database that was restored: then a look finds it, after an hour, and
 * more and more seldom, so that a run that stays paused for years makes no endless history.
 */
const LOOK_AGAIN_HOURS = { first: 1, last: 24 };

/**
 * Started by a schedule for one of its times: requests the run and stays open until it has ended, so that the schedule's
 * overlap policy is about whole runs. The run is no child: it is found by its start key, and whatever becomes of this
 * workflow, it goes on. Where the policy cancels this workflow for the next time's, it cancels its run and waits for it.
 */
export async function scheduledRunWorkflow({ project, schedule }: ScheduledRunInput): Promise<ScheduledRunResult> {
  const time = { project, schedule, nominal: nominalOf(workflowInfo().workflowId) };
  let isTold = false;
  setHandler(runEndedSignal, () => void (isTold = true));

  async function untilEnded(): Promise<ScheduledRunResult> {
    for (let hours = LOOK_AGAIN_HOURS.first; ; hours = Math.min(2 * hours, LOOK_AGAIN_HOURS.last)) {
      isTold = false;
      const run = await bookkeeping.scheduledRunStatus(time);
      if (run.status === null || isEnded(run.status)) return run;
      await condition(() => isTold, `${hours}h`);
    }
  }

  try {
    const { runId } = await bookkeeping.requestScheduledRun(time);
    return runId === null ? { runId, status: null } : await untilEnded();
  } catch (error) {
    if (!isCancellation(error)) throw error;
    await CancellationScope.nonCancellable(async () => {
      await bookkeeping.cancelScheduledRun(time);
      await untilEnded();
    });
    throw error;
  }
}

/** The schedule's time stands at the end of the id that Temporal gives to what it starts. */
function nominalOf(workflowId: string): string {
  const [, nominal] = /-(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ)$/.exec(workflowId) ?? [];
  if (nominal !== undefined) return nominal;
  throw ApplicationFailure.nonRetryable(`${workflowId} names no time of a schedule.`, 'INVALID_INPUT');
}
