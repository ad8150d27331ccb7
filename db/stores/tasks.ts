import { asc, eq, inArray, sql } from 'drizzle-orm';
import { LifecycleError } from '../../domain/kernel/errors.js';
import type { StoredAnswer, TaskFile } from '../../domain/tasks/task.js';
import { translated } from '../database-error.js';
import type { Database, Transaction } from '../pool.js';
import { task, taskAnswer } from '../schema/task.js';
import { toTask } from './task-rows.js';

/** Questions to people. */
export interface Tasks {
  /** A task with its answers, as they were together. @throws NOT_FOUND */
  load(taskId: string): Promise<TaskFile>;
  /** Answers in the order in which they were stored, by task. */
  answers(taskIds: readonly string[]): Promise<Map<string, StoredAnswer[]>>;
}

export const createTasks = (db: Database): Tasks =>
  translated<Tasks>({
    load: (taskId) =>
      db.transaction((tx) => loadTask(tx, taskId), { isolationLevel: 'repeatable read', accessMode: 'read only' }),
    answers: (taskIds) => selectAnswers(db, taskIds),
  });

async function loadTask(tx: Transaction, taskId: string): Promise<TaskFile> {
  const now = sql<Date>`clock_timestamp()`.mapWith(task.openedAt);
  const [row] = await tx.select({ task, now }).from(task).where(eq(task.id, taskId));
  if (row === undefined) throw taskNotFound(taskId);
  const answers = await selectAnswers(tx, [taskId]);
  return { task: toTask(row.task), answers: answers.get(taskId) ?? [], now: row.now.toISOString() };
}

const taskNotFound = (taskId: string): LifecycleError =>
  new LifecycleError('NOT_FOUND', `There is no task ${taskId}.`, { task: taskId });

async function selectAnswers(
  on: Database | Transaction,
  taskIds: readonly string[],
): Promise<Map<string, StoredAnswer[]>> {
  const byTask = new Map<string, StoredAnswer[]>();
  if (taskIds.length === 0) return byTask;
  const { id, taskId, principal, answer, envelope, answeredAt } = taskAnswer;
  const rows = await on
    .select({ id, taskId, principal, answer, envelope, answeredAt })
    .from(taskAnswer)
    .where(inArray(taskAnswer.taskId, [...taskIds]))
    .orderBy(asc(taskAnswer.number));
  for (const row of rows) {
    const answers = byTask.get(row.taskId) ?? [];
    byTask.set(row.taskId, [...answers, { ...row, answeredAt: row.answeredAt.toISOString() }]);
  }
  return byTask;
}
