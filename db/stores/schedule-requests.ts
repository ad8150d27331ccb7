import { randomUUID } from 'node:crypto';
import { and, eq, isNotNull, isNull, sql } from 'drizzle-orm';
import { LifecycleError } from '../../domain/kernel/errors.js';
import type { ScheduleCommandKind } from '../../domain/kernel/states.js';
import type { ScheduleCommandDetails, ScheduledPlan, ScheduleTiming } from '../../domain/schedules/schedule.js';
import { recordEvent } from '../audit/record-event.js';
import { translated } from '../database-error.js';
import type { Database, Transaction } from '../pool.js';
import { clock } from '../schema/columns.js';
import { schedule, scheduleCommand } from '../schema/schedule.js';

interface Asked {
  project: string;
  schedule: string;
  /** A principal's id. */
  principal: string;
  /** Makes a repeated request the same one. Default: a new one. */
  commandId?: string;
}

/** What people ask of schedules, as rows: written by the api, before the worker is told. */
export interface ScheduleRequests {
  /** @throws CONFLICT where there is one of this name, unless this very request made it. */
  create(asked: Asked & ScheduleTiming & ScheduledPlan): Promise<{ commandId: string }>;
  /** Changes what is given; a new plan is run in the name of who gave it. @throws NOT_FOUND */
  update(asked: Asked & Partial<ScheduleTiming> & Partial<ScheduledPlan>): Promise<{ commandId: string }>;
  /** @throws NOT_FOUND */
  command(
    asked: Asked & {
      kind: Exclude<ScheduleCommandKind, 'create' | 'update'>;
      details?: ScheduleCommandDetails;
    },
  ): Promise<{ commandId: string }>;
}

export const createScheduleRequests = (db: Database): ScheduleRequests =>
  translated<ScheduleRequests>({
    create: ({ project, schedule: id, principal, commandId, ...wanted }) =>
      once(db, { project, schedule: id, principal, commandId, kind: 'create' }, async (tx) => {
        const content = { ...wanted, name: wanted.plan.name, requestedBy: principal };
        const made = await tx
          .insert(schedule)
          .values({ project, id, ...content })
          .onConflictDoUpdate({
            target: [schedule.project, schedule.id],
            set: { ...content, isPaused: false, deletedAt: null, changedAt: clock },
            setWhere: isNotNull(schedule.deletedAt),
          })
          .returning({ id: schedule.id });
        if (made.length > 0) return;
        throw new LifecycleError(
          'CONFLICT',
          `There is already a schedule ${id}. Change it with "assay schedule update".`,
        );
      }),
    update: ({ principal, commandId, schedule: id, project, ...changes }) =>
      once(db, { project, schedule: id, principal, commandId, kind: 'update' }, (tx) => {
        const plan = changes.plan === undefined ? {} : { name: changes.plan.name, requestedBy: principal };
        return change(tx, { project, id }, { ...changes, ...plan });
      }),
    command: ({ kind, ...asked }) =>
      once(db, { ...asked, kind }, (tx) => change(tx, { project: asked.project, id: asked.schedule }, CHANGES[kind])),
  });

const CHANGES = {
  pause: { isPaused: true },
  resume: { isPaused: false },
  delete: { deletedAt: clock },
  trigger: {},
  backfill: {},
};

async function change(
  tx: Transaction,
  { project, id }: { project: string; id: string },
  changes: object,
): Promise<void> {
  const changed = await tx
    .update(schedule)
    .set({ ...changes, changedAt: clock })
    .where(and(eq(schedule.project, project), eq(schedule.id, id), isNull(schedule.deletedAt)))
    .returning({ id: schedule.id });
  if (changed.length === 0) throw scheduleNotFound(id);
}

const scheduleNotFound = (id: string): LifecycleError =>
  new LifecycleError('NOT_FOUND', `There is no schedule ${id}.`, { schedule: id });

/** The command, the change that it asks for and their event, in one transaction; a repeated command changes nothing. */
function once(
  db: Database,
  asked: { project: string; schedule: string; principal: string; kind: ScheduleCommandKind } & {
    commandId?: string | undefined;
    details?: ScheduleCommandDetails;
  },
  work: (tx: Transaction) => Promise<void>,
): Promise<{ commandId: string }> {
  const { project, schedule: id, principal, kind, commandId = randomUUID(), details = {} } = asked;
  return db.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`schedule/${project}/${id}`}, 0))`);
    const [known] = await tx.select().from(scheduleCommand).where(eq(scheduleCommand.id, commandId));
    if (known !== undefined) return { commandId };
    await work(tx);
    await tx.insert(scheduleCommand).values({ id: commandId, project, schedule: id, kind, principal, details });
    const event = { project, actor: principal, action: 'schedule.commanded', subject: commandId } as const;
    await recordEvent(tx, { ...event, details: { schedule: id, kind, ...details } });
    return { commandId };
  });
}
