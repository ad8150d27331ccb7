import { randomUUID } from 'node:crypto';
import { and, eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { createScheduledRunActivities } from '../../activities/scheduled-runs.js';
import { command } from '../../db/schema/command.js';
import { lifecycleRun } from '../../db/schema/lifecycle-run.js';
import { createRunStore } from '../../db/stores/run-store.js';
import { createScheduleRequests } from '../../db/stores/schedule-requests.js';
import { createScheduleStore } from '../../db/stores/schedule-store.js';
import { digestOf } from '../../domain/evidence/canonical.js';
import type { RunStatus } from '../../domain/kernel/states.js';
import { nextCronTime } from '../../domain/schedules/cron-times.js';
import { nominalTime, type ScheduleTiming } from '../../domain/schedules/schedule.js';
import { createMessenger } from '../../providers/temporal/messenger.js';
import { createScheduleKeeper } from '../../providers/temporal/schedule-keeper.js';
import { ownDatabase } from '../support/own-database.js';
import { planOf, PROJECT } from '../support/seeded-project.js';
import { ownNamespace, startWorkers, type RunningWorkers } from '../support/workflow-worker.js';

const YEARLY: ScheduleTiming = {
  cron: '0 0 1 1 *',
  timeZone: 'UTC',
  jitterMilliseconds: 0,
  overlap: 'skip',
  catchUpMilliseconds: 3_600_000,
};
const WAIT = { timeout: 30_000 };

const opened = ownDatabase();
let workers: RunningWorkers;
beforeAll(async () => {
  const scheduleRows = createScheduleStore(opened.db);
  const where = await ownNamespace(inject('temporal').address, 'schedule');
  workers = await startWorkers(where, createScheduledRunActivities({ scheduleRows }));
});
afterAll(async () => {
  await workers.stop();
});

const keeper = () => createScheduleKeeper(workers.client, createScheduleStore(opened.db));
const requests = () => createScheduleRequests(opened.db);
const deliver = (schedule: string, { commandId }: { commandId: string }) =>
  keeper().changeSchedule({ project: PROJECT, schedule, commandId });

let count = 0;
async function made(timing: Partial<ScheduleTiming> = {}): Promise<string> {
  const schedule = `schedule-${++count}`;
  const plan = planOf(`lifecycle-${count}`);
  const asked = {
    project: PROJECT,
    schedule,
    principal: 'ada',
    ...YEARLY,
    ...timing,
    plan,
    planDigest: digestOf(plan),
  };
  await deliver(schedule, await requests().create(asked));
  return schedule;
}

type Simple = 'pause' | 'resume' | 'trigger' | 'delete';
const ask = (schedule: string, kind: Simple) =>
  requests().command({ project: PROJECT, schedule, principal: 'ada', kind });

const runsOf = (schedule: string) =>
  opened.db
    .select()
    .from(lifecycleRun)
    .where(and(eq(lifecycleRun.project, PROJECT), eq(lifecycleRun.schedule, schedule)))
    .orderBy(lifecycleRun.scheduledFor);
const openRuns = async (schedule: string) => (await runsOf(schedule)).filter(({ endedAt }) => endedAt === null);

async function end({ id, name, schedule, scheduledFor }: typeof lifecycleRun.$inferSelect, status: RunStatus) {
  await createRunStore(opened.db).finish(id, status, null);
  const scheduled = { schedule: schedule!, nominal: nominalTime(scheduledFor!) };
  await createMessenger(workers.client, () => ({})).runEnded({ project: PROJECT, name, runId: id, scheduled });
}

/** Times are whole seconds: what is asked for in the same second is the same time. */
const untilNextSecond = async (schedule: string): Promise<void> => {
  const last = (await runsOf(schedule)).at(-1)!.scheduledFor!.getTime();
  await expect.poll(() => Date.now(), WAIT).toBeGreaterThan(last + 1_100);
};

const handleOf = (schedule: string) => workers.client.schedule.getHandle(`schedule/${PROJECT}/${schedule}`);
const isRunning = async (schedule: string): Promise<boolean> =>
  (await handleOf(schedule).describe()).info.runningActions.length > 0;

describe('the times that a schedule is shown with', () => {
  it.each([
    ['30 2 27-29 3 *', 'Europe/Berlin'],
    ['*/30 1-3 28 3 *', 'Europe/Berlin'],
    ['30 2 30-31 10 *', 'Europe/Berlin'],
    ['*/30 1-3 31 10 *', 'Europe/Berlin'],
    ['30 2 13-15 3 *', 'America/New_York'],
    ['*/20 0-3 7 11 *', 'America/New_York'],
    ['15 2 1-7 10 *', 'Australia/Lord_Howe'],
    ['15 0 29-31 10 *', 'Africa/Cairo'],
    ['0 0 13 * 5', 'UTC'],
    ['3/20 1-5/2 * * 1,7', 'Asia/Kolkata'],
  ])('are those of Temporal: %s in %s', async (cron, timeZone) => {
    const described = await handleOf(await made({ cron, timeZone })).describe();
    const times = described.info.nextActionTimes;
    const ours: (Date | null)[] = [];
    // Temporal says its times after the schedule was made; between then and now none of these is due but by chance.
    let time: Date | null = described.info.createdAt;
    while (time !== null && ours.length < times.length) {
      time = nextCronTime(cron, timeZone, time);
      if (ours.length > 0 || time! >= times[0]!) ours.push(time);
    }
    expect(times.length).toBeGreaterThan(0);
    expect(ours).toEqual(times);
  });
});

describe('a schedule', () => {
  it('starts one run for a time, however often it is delivered, and stays open until the run has ended', async () => {
    const schedule = await made();
    const trigger = await ask(schedule, 'trigger');
    await deliver(schedule, trigger);
    await deliver(schedule, trigger);
    await expect.poll(() => runsOf(schedule), WAIT).toHaveLength(1);
    const [run] = await runsOf(schedule);
    expect(run).toMatchObject({ schedule, requestedBy: 'ada', status: 'requested' });
    expect(run!.startKey).toBe(`schedule/${schedule}/${nominalTime(run!.scheduledFor!)}`);
    const handle = workers.client.workflow.getHandle(
      `schedule/${PROJECT}/${schedule}-${nominalTime(run!.scheduledFor!)}`,
    );
    expect((await handle.describe()).status.name).toBe('RUNNING');
    await end(run!, 'succeeded');
    expect(await handle.result()).toEqual({ runId: run!.id, status: 'succeeded' });
    expect(await runsOf(schedule)).toHaveLength(1);
  });

  it('skips a time that comes while its last run goes on', async () => {
    const schedule = await made({ overlap: 'skip' });
    await deliver(schedule, await ask(schedule, 'trigger'));
    await expect.poll(() => openRuns(schedule), WAIT).toHaveLength(1);
    await expect.poll(() => isRunning(schedule), WAIT).toBe(true);
    await untilNextSecond(schedule);
    await deliver(schedule, await ask(schedule, 'trigger'));
    await expect.poll(async () => (await handleOf(schedule).describe()).info.numActionsSkippedOverlap, WAIT).toBe(1);
    expect(await runsOf(schedule)).toHaveLength(1);
    await end((await runsOf(schedule))[0]!, 'refused');
    await expect.poll(() => isRunning(schedule), WAIT).toBe(false);
    await untilNextSecond(schedule);
    await deliver(schedule, await ask(schedule, 'trigger'));
    await expect.poll(() => runsOf(schedule), WAIT).toHaveLength(2);
    await end((await openRuns(schedule))[0]!, 'succeeded');
  });

  it('makes up for three times with exactly three runs, one after the other, though it was told twice', async () => {
    const schedule = await made({ cron: '0 3 * * *', timeZone: 'Europe/Berlin' });
    const backfill = await requests().command({
      project: PROJECT,
      schedule,
      principal: 'ada',
      kind: 'backfill',
      details: { from: '2026-03-28T02:00:00Z', to: '2026-03-30T01:00:00Z' },
    });
    await deliver(schedule, backfill);
    await deliver(schedule, backfill);
    for (let ended = 0; ended < 3; ended += 1) {
      await expect.poll(() => openRuns(schedule), WAIT).toHaveLength(1);
      await end((await openRuns(schedule))[0]!, 'succeeded');
    }
    await deliver(schedule, backfill);
    await expect
      .poll(async () => {
        const { info } = await handleOf(schedule).describe();
        return info.runningActions.length + (await openRuns(schedule)).length;
      }, WAIT)
      .toBe(0);
    expect((await runsOf(schedule)).map(({ scheduledFor }) => nominalTime(scheduledFor!))).toEqual([
      '2026-03-28T02:00:00Z',
      '2026-03-29T01:00:00Z',
      '2026-03-30T01:00:00Z',
    ]);
  });

  it('really cancels the run that goes on, where the policy says so, before the next begins', async () => {
    const schedule = await made({ overlap: 'cancel-other' });
    await deliver(schedule, await ask(schedule, 'trigger'));
    await expect.poll(() => openRuns(schedule), WAIT).toHaveLength(1);
    await expect.poll(() => isRunning(schedule), WAIT).toBe(true);
    const [first] = await openRuns(schedule);
    await untilNextSecond(schedule);
    await deliver(schedule, await ask(schedule, 'trigger'));
    const commands = () => opened.db.select().from(command).where(eq(command.runId, first!.id));
    await expect.poll(commands, WAIT).toHaveLength(1);
    expect((await commands())[0]).toMatchObject({ kind: 'cancel', principal: 'assay-schedule' });
    // The next waits until it has ended.
    expect(await runsOf(schedule)).toHaveLength(1);
    await end(first!, 'cancelled');
    await expect.poll(() => runsOf(schedule), WAIT).toHaveLength(2);
    await end((await openRuns(schedule))[0]!, 'succeeded');
  });

  it('is what its row says, whichever command is told of: paused, changed, gone', async () => {
    const schedule = await made();
    const pause = await ask(schedule, 'pause');
    await deliver(schedule, pause);
    expect((await handleOf(schedule).describe()).state.paused).toBe(true);
    const changes = { project: PROJECT, schedule, principal: 'ruth', cron: '30 5 * * *', timeZone: 'Europe/Berlin' };
    await deliver(schedule, await requests().update(changes));
    const described = await handleOf(schedule).describe();
    expect(described.state.paused).toBe(true);
    expect(described.spec.timezone).toBe('Europe/Berlin');
    await deliver(schedule, await ask(schedule, 'resume'));
    expect((await handleOf(schedule).describe()).state.paused).toBe(false);
    await ask(schedule, 'delete');
    // An older command, told again: the row says that the schedule is gone.
    await deliver(schedule, pause);
    await expect(handleOf(schedule).describe()).rejects.toThrow();
    await expect(ask(schedule, 'trigger')).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('requests nothing for a start that names no schedule of ours', async () => {
    const handle = await workers.client.workflow.start('scheduledRunWorkflow', {
      taskQueue: 'assay',
      workflowId: `schedule/${PROJECT}/nobody-${randomUUID()}-2026-03-29T01:00:00Z`,
      args: [{ project: PROJECT, schedule: 'nobody' }],
    });
    expect(await handle.result()).toEqual({ runId: null, status: null });
    expect(await runsOf('nobody')).toEqual([]);
  });
});
