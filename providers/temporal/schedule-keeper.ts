import {
  encodeScheduleOverlapPolicy,
  ScheduleAlreadyRunning,
  ScheduleNotFoundError,
  ScheduleOverlapPolicy,
  type Client,
  type ScheduleOptions,
} from '@temporalio/client';
import type { temporal } from '@temporalio/proto';
import type { OverlapPolicy } from '../../domain/kernel/states.js';
import type { Messenger } from '../../domain/ports/messenger.js';
import type { ScheduleStore } from '../../domain/ports/schedule-store.js';
import type { ScheduleCommandRecord, ScheduleRecord } from '../../domain/schedules/schedule.js';
import { DEADLINE_MILLISECONDS, toOurs } from './messenger.js';
import { TASK_QUEUE, WORKFLOW_TYPES, workflowIds } from './names.js';

type Patch = temporal.api.schedule.v1.ISchedulePatch;

const OVERLAP = {
  skip: ScheduleOverlapPolicy.SKIP,
  'buffer-one': ScheduleOverlapPolicy.BUFFER_ONE,
  'buffer-all': ScheduleOverlapPolicy.BUFFER_ALL,
  'cancel-other': ScheduleOverlapPolicy.CANCEL_OTHER,
  'allow-all': ScheduleOverlapPolicy.ALLOW_ALL,
} as const satisfies Record<OverlapPolicy, ScheduleOverlapPolicy>;

/** Brings Temporal's schedules to what the rows say. */
export function createScheduleKeeper(client: Client, store: ScheduleStore): Pick<Messenger, 'changeSchedule'> {
  async function change(message: { project: string; schedule: string; commandId: string }): Promise<void> {
    const found = await store.command(message.project, message.schedule, message.commandId);
    if (found === undefined) return;
    const { command, schedule } = found;
    const scheduleId = workflowIds.schedule(schedule.project, schedule.id);
    if (schedule.isDeleted) return client.schedule.getHandle(scheduleId).delete().catch(unlessMissing);
    await ensure(client, optionsOf(schedule));
    const patch = patchOf(command);
    if (patch === undefined) return;
    await client.workflowService.patchSchedule({
      namespace: client.options.namespace,
      scheduleId,
      patch,
      identity: client.options.identity,
      // The same command is the same request; where the server has forgotten it, the same times are the same runs.
      requestId: command.id,
    });
  }

  return {
    async changeSchedule(message) {
      const what = `The change ${message.commandId} of the schedule ${message.project}/${message.schedule}`;
      try {
        await client.withDeadline(Date.now() + DEADLINE_MILLISECONDS, () => change(message));
      } catch (error) {
        throw toOurs(what, error);
      }
    },
  };
}

/** The workflow stays open until its run has ended: an overlap is one of whole runs. */
const optionsOf = (schedule: ScheduleRecord): ScheduleOptions => {
  const { project, id } = schedule;
  const scheduleId = workflowIds.schedule(project, id);
  return {
    scheduleId,
    spec: { cronExpressions: [schedule.cron], timezone: schedule.timeZone, jitter: schedule.jitterMilliseconds },
    policies: { overlap: OVERLAP[schedule.overlap], catchupWindow: schedule.catchUpMilliseconds },
    state: { paused: schedule.isPaused },
    action: {
      type: 'startWorkflow',
      workflowType: WORKFLOW_TYPES.scheduledRun,
      workflowId: scheduleId,
      taskQueue: TASK_QUEUE,
      args: [{ project, schedule: id }],
    },
  };
};

async function ensure(client: Client, wanted: ScheduleOptions): Promise<void> {
  try {
    await client.schedule.create(wanted);
  } catch (error) {
    if (!(error instanceof ScheduleAlreadyRunning)) throw error;
    const { spec, action, policies, state } = wanted;
    await client.schedule
      .getHandle(wanted.scheduleId)
      .update((before) => ({ ...before, spec, action, policies, state: { ...before.state, ...state } }) as never);
  }
}

/** A time that a person asks for is that of the command; times of a backfill wait for each other, unless it says so. */
function patchOf({ kind, details, at }: ScheduleCommandRecord): Patch | undefined {
  const { from, to, overlap } = details;
  if (kind === 'trigger') {
    return { triggerImmediately: { overlapPolicy: policyOf(overlap), scheduledTime: timestamp(Date.parse(at)) } };
  }
  if (kind !== 'backfill' || from === undefined || to === undefined) return undefined;
  // Temporal leaves out the first moment of the range, and takes the last.
  const range = { startTime: timestamp(Date.parse(from) - 1_000), endTime: timestamp(Date.parse(to)) };
  return { backfillRequest: [{ ...range, overlapPolicy: policyOf(overlap ?? 'buffer-all') }] };
}

/** Undefined: the schedule's own. */
const policyOf = (overlap: OverlapPolicy | undefined) =>
  encodeScheduleOverlapPolicy(overlap === undefined ? undefined : OVERLAP[overlap]) ?? null;

const timestamp = (milliseconds: number) => ({ seconds: Math.floor(milliseconds / 1_000) as never });

function unlessMissing(error: unknown): void {
  if (!(error instanceof ScheduleNotFoundError)) throw error;
}
