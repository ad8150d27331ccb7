import { and, eq, isNull } from 'drizzle-orm';
import { isEnded } from '../../domain/kernel/states.js';
import type { ScheduledTime, ScheduleStore } from '../../domain/ports/schedule-store.js';
import { scheduledStartKey, type ScheduleRecord } from '../../domain/schedules/schedule.js';
import { refuseAttempt } from '../audit/refuse-attempt.js';
import { translated } from '../database-error.js';
import type { Database, Transaction } from '../pool.js';
import { SCHEDULE_PRINCIPAL } from '../schema/account.js';
import { lifecycleRun } from '../schema/lifecycle-run.js';
import { schedule, scheduleCommand } from '../schema/schedule.js';
import { insertRun } from './insert-run.js';
import { insertCommand } from './run-requests.js';

export const createScheduleStore = (db: Database): ScheduleStore =>
  translated<ScheduleStore>({
    async command(project, id, commandId) {
      const [row] = await db
        .select()
        .from(scheduleCommand)
        .innerJoin(
          schedule,
          and(eq(schedule.project, scheduleCommand.project), eq(schedule.id, scheduleCommand.schedule)),
        )
        .where(
          and(
            eq(scheduleCommand.id, commandId),
            eq(scheduleCommand.project, project),
            eq(scheduleCommand.schedule, id),
          ),
        );
      if (row === undefined) return undefined;
      const { kind, details, at } = row.schedule_command;
      return { command: { id: commandId, kind, details, at: at.toISOString() }, schedule: toRecord(row.schedule) };
    },
    requestRun: (time) => db.transaction((tx) => requestRun(tx, time)),
    runOf: (time) => db.transaction((tx) => runOf(tx, time)),
    cancelRun: (time) =>
      db.transaction(async (tx) => {
        const run = await runOf(tx, time);
        if (run === undefined || isEnded(run.status)) return;
        const commandId = `${scheduledStartKey(time.schedule, time.nominal)}/${run.runId}`;
        await insertCommand(tx, { runId: run.runId, kind: 'cancel', principal: SCHEDULE_PRINCIPAL, commandId });
      }),
  });

function toRecord(row: typeof schedule.$inferSelect): ScheduleRecord {
  const { project, id, name, cron, timeZone, jitterMilliseconds, overlap, catchUpMilliseconds, isPaused } = row;
  const timing = { cron, timeZone, jitterMilliseconds, overlap, catchUpMilliseconds };
  return { project, id, name, ...timing, isPaused, isDeleted: row.deletedAt !== null };
}

/** In the name of who made the schedule, or last changed what it runs: four eyes see who that was. */
async function requestRun(tx: Transaction, time: ScheduledTime): Promise<{ runId: string } | undefined> {
  const { project, schedule: id, nominal } = time;
  // Also where the schedule has another plan by now: the run of a time was requested, or it was not.
  const known = await runOf(tx, time);
  if (known !== undefined) return { runId: known.runId };
  const [row] = await tx
    .select()
    .from(schedule)
    .where(and(eq(schedule.project, project), eq(schedule.id, id), isNull(schedule.deletedAt)));
  if (row === undefined) {
    const reason = 'there is no such schedule';
    await refuseAttempt(tx, { project: null, subject: `${project}/${id}`, named: nominal, reason });
    return undefined;
  }
  const { plan, planDigest, requestedBy } = row;
  const { runId } = await insertRun(tx, {
    project,
    plan,
    planDigest,
    requestedBy,
    startKey: scheduledStartKey(id, nominal),
    scheduled: { schedule: id, for: new Date(nominal) },
  });
  return { runId };
}

async function runOf(tx: Transaction, { project, schedule: id, nominal }: ScheduledTime) {
  const [run] = await tx
    .select({ runId: lifecycleRun.id, status: lifecycleRun.status })
    .from(lifecycleRun)
    .where(and(eq(lifecycleRun.project, project), eq(lifecycleRun.startKey, scheduledStartKey(id, nominal))));
  return run;
}
