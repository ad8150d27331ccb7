import { asc, inArray } from 'drizzle-orm';
import type { StoredAnswer } from '../../domain/tasks/task.js';
import type { Database, Transaction } from '../pool.js';
import { taskAnswer } from '../schema/task.js';

/** Answers in the order in which they were stored, by task. */
export async function selectAnswers(
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
