import { and, asc, eq, sql } from 'drizzle-orm';
import type { Trust } from '../../domain/tasks/judge-task.js';
import type { StoredAnswer, Task, TaskFile } from '../../domain/tasks/task.js';
import { translated } from '../database-error.js';
import type { Database, Transaction } from '../pool.js';
import { task } from '../schema/task.js';
import { insertTask, type NewTask } from './open-task.js';
import { insertAnswer, type NewAnswer } from './record-answer.js';
import { selectAnswers } from './select-answers.js';
import { taskNotFound, toTask } from './task-rows.js';

/** Questions to people, and what they answered: written by the api, after it checked who they are. */
export interface Tasks {
  /** @throws as `insertTask` */
  open(asked: NewTask): Promise<Task>;
  /** A task with its answers, as they were together. @throws NOT_FOUND */
  load(taskId: string): Promise<TaskFile>;
  /** Stores a signed answer; an equal repeated one gives the first. @throws as `insertAnswer` */
  recordAnswer(answer: NewAnswer, trust: Trust): Promise<{ answerId: string; isNew: boolean }>;
  /** Answers in the order in which they were stored, by task. */
  answers(taskIds: readonly string[]): Promise<Map<string, StoredAnswer[]>>;
  /** The tasks of a batch, oldest first. */
  batch(project: string, batch: string): Promise<Task[]>;
}

export const createTasks = (db: Database): Tasks =>
  translated<Tasks>({
    open: (asked) => db.transaction((tx) => insertTask(tx, asked)),
    load: (taskId) =>
      db.transaction((tx) => loadTask(tx, taskId), { isolationLevel: 'repeatable read', accessMode: 'read only' }),
    recordAnswer: (answer, trust) => db.transaction((tx) => insertAnswer(tx, answer, trust)),
    answers: (taskIds) => selectAnswers(db, taskIds),
    batch: async (project, batch) => {
      const isOfBatch = and(eq(task.project, project), eq(task.batch, batch));
      return (await db.select().from(task).where(isOfBatch).orderBy(asc(task.openedAt), asc(task.id))).map(toTask);
    },
  });

async function loadTask(tx: Transaction, taskId: string): Promise<TaskFile> {
  const now = sql<Date>`clock_timestamp()`.mapWith(task.openedAt);
  const [row] = await tx.select({ task, now }).from(task).where(eq(task.id, taskId));
  if (row === undefined) throw taskNotFound(taskId);
  const answers = await selectAnswers(tx, [taskId]);
  return { task: toTask(row.task), answers: answers.get(taskId) ?? [], now: row.now.toISOString() };
}
