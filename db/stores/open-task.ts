import { and, eq, isNull, sql } from 'drizzle-orm';
import { LifecycleError } from '../../domain/kernel/errors.js';
import type { Task, TaskForm } from '../../domain/tasks/task.js';
import { recordEvent } from '../audit/record-event.js';
import type { Transaction } from '../pool.js';
import { roleGrant } from '../schema/account.js';
import { lifecycleRun } from '../schema/lifecycle-run.js';
import { task } from '../schema/task.js';
import { toTask } from './task-rows.js';

/** A question that somebody asks. */
export interface NewTask extends Pick<
  Task,
  'project' | 'kind' | 'title' | 'subject' | 'candidates' | 'answersNeeded' | 'openedBy'
> {
  form: TaskForm;
  runId: string | null;
  batch: string | null;
  /** ISO 8601; a week from now where it is null. */
  dueAt: string | null;
}

/** @throws NOT_FOUND for a run of another project; INVALID_INPUT for a time that has passed, or people of no part. */
export async function insertTask(tx: Transaction, asked: NewTask): Promise<Task> {
  const { project, kind, title, subject, form, candidates, runId, batch, answersNeeded, openedBy } = asked;
  await requireRun(tx, asked);
  await requirePeople(tx, asked);
  const [row] = await tx
    .insert(task)
    .values({
      project,
      kind,
      title,
      subject,
      form,
      runId,
      batch,
      answersNeeded,
      openedBy,
      candidateRoles: candidates.roles,
      candidatePeople: candidates.people,
      dueAt: await dueAt(tx, asked.dueAt),
    })
    .returning();
  if (row === undefined) throw new LifecycleError('INTERNAL', 'Postgres stored a task and returned none.');
  const event = { project, actor: openedBy, action: 'task.opened', subject: row.id } as const;
  await recordEvent(tx, { ...event, details: { kind, subject, answersNeeded, batch } });
  return toTask(row);
}

async function requireRun(tx: Transaction, { runId, project }: NewTask): Promise<void> {
  if (runId === null) return;
  const isOwn = and(eq(lifecycleRun.id, runId), eq(lifecycleRun.project, project));
  const [run] = await tx.select({ id: lifecycleRun.id }).from(lifecycleRun).where(isOwn);
  if (run === undefined) throw new LifecycleError('NOT_FOUND', `There is no run ${runId} in ${project}.`);
}

async function requirePeople(tx: Transaction, { project, candidates }: NewTask): Promise<void> {
  const held = await tx
    .selectDistinct({ principal: roleGrant.principal })
    .from(roleGrant)
    .where(and(eq(roleGrant.project, project), isNull(roleGrant.revokedAt)));
  const strangers = candidates.people.filter((person) => !held.some(({ principal }) => principal === person));
  if (strangers.length === 0) return;
  throw new LifecycleError('INVALID_INPUT', `${strangers.join(', ')}: nobody of this name has a part in ${project}.`);
}

/** By the database's clock. */
async function dueAt(tx: Transaction, asked: string | null) {
  if (asked === null) return sql`clock_timestamp() + interval '7 days'`;
  const { rows } = await tx.execute<{ isPast: boolean }>(
    sql`select ${asked}::timestamptz <= clock_timestamp() as "isPast"`,
  );
  if (rows[0]?.isPast === false) return new Date(asked);
  throw new LifecycleError('INVALID_INPUT', `A task is due in the future, not on ${asked}.`);
}
