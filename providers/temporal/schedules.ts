import {
  ScheduleAlreadyRunning,
  ScheduleNotFoundError,
  ScheduleOverlapPolicy,
  type Client,
  type ScheduleOptions,
  type ScheduleSpec,
} from '@temporalio/client';
import type { Schedules } from '../../domain/ports/schedules.js';
import { TASK_QUEUE, WORKFLOW_TYPES, workflowIds } from './names.js';

/** Temporal Schedules: an overlap is skipped, and what was missed for more than an hour stays missed. */
export function createSchedules(client: Client): Schedules {
  return {
    async ensureMonitor({ project, alias, everyMilliseconds }) {
      const scheduleId = workflowIds.monitor(project, alias);
      const spec = { intervals: [{ every: everyMilliseconds }] };
      await ensure(client, options(scheduleId, spec, WORKFLOW_TYPES.monitor, { project, alias }));
      return { scheduleId };
    },
    async ensureRetrain({ project, name, schedule }) {
      const scheduleId = workflowIds.retrainByClock(project, name);
      if (schedule === null) {
        await client.schedule.getHandle(scheduleId).delete().catch(unlessMissing);
        return { scheduleId: null };
      }
      const { cron, timeZone, jitterMilliseconds } = schedule;
      const spec = { cronExpressions: [cron], timezone: timeZone, jitter: jitterMilliseconds };
      await ensure(client, options(scheduleId, spec, WORKFLOW_TYPES.scheduledTrigger, { project, name }));
      return { scheduleId };
    },
  };
}

const options = (scheduleId: string, spec: ScheduleSpec, workflowType: string, input: object): ScheduleOptions => ({
  scheduleId,
  spec,
  policies: { overlap: ScheduleOverlapPolicy.SKIP, catchupWindow: '1h' },
  // An overlap is skipped: one that never ended would silence the clock for ever.
  action: {
    type: 'startWorkflow',
    workflowType,
    workflowId: scheduleId,
    taskQueue: TASK_QUEUE,
    args: [input],
    workflowExecutionTimeout: '1h',
  },
});

async function ensure(client: Client, wanted: ScheduleOptions): Promise<void> {
  try {
    await client.schedule.create(wanted);
  } catch (error) {
    if (!(error instanceof ScheduleAlreadyRunning)) throw error;
    const { spec, action, policies } = wanted;
    await client.schedule
      .getHandle(wanted.scheduleId)
      .update((before) => ({ ...before, spec, action, policies }) as never);
  }
}

function unlessMissing(error: unknown): void {
  if (!(error instanceof ScheduleNotFoundError)) throw error;
}
