import { eq, sql } from 'drizzle-orm';
import type { Envelope } from '../../domain/evidence/dsse.js';
import { LifecycleError } from '../../domain/kernel/errors.js';
import { judgeTask, type Trust } from '../../domain/tasks/judge-task.js';
import { whyEnded, whyNotAnswer, type Answerer } from '../../domain/tasks/may-answer.js';
import type { StoredAnswer, Task, TaskFile } from '../../domain/tasks/task.js';
import { recordEvent } from '../audit/record-event.js';
import type { Transaction } from '../pool.js';
import { task, taskAnswer } from '../schema/task.js';
import { selectAnswers } from './select-answers.js';
import { settleTask } from './settle-task.js';
import { taskNotFound, toTask } from './task-rows.js';

export interface NewAnswer {
  taskId: string;
  principal: string;
  answer: string;
  reason: string;
  envelope: Envelope;
}

/**
 * Stores an answer and, where it is the last that was needed, ends the task or says that answers differ. Who is asked,
 * and until when, is judged here, by the roles held now and the database's clock.
 * @throws NOT_FOUND; NOT_ALLOWED for who is not asked; CONFLICT where the task takes no answer any more, or this person
 * has said something else.
 */
export async function insertAnswer(
  tx: Transaction,
  asked: NewAnswer,
  trust: Trust,
): Promise<{ answerId: string; isNew: boolean }> {
  const { taskId, principal, answer } = asked;
  const found = await lockTask(tx, taskId);
  const answers = (await selectAnswers(tx, [taskId])).get(taskId) ?? [];
  const known = answers.find((one) => one.principal === principal);
  if (known !== undefined) return requireSame(found, known, { asked, trust });
  await requireAsked(tx, found, principal);
  const [stored] = await tx.insert(taskAnswer).values(asked).returning();
  if (stored === undefined) throw new LifecycleError('INTERNAL', 'Postgres stored an answer and returned none.');
  const { id: answerId, answeredAt } = stored;
  const { project, kind } = found;
  const event = { project, actor: principal, action: 'task.answered', subject: answerId } as const;
  // Not what was said: others have still to say it for themselves.
  await recordEvent(tx, { ...event, details: { taskId, kind } });
  const said = { id: answerId, taskId, principal, answer, envelope: asked.envelope };
  const all: StoredAnswer[] = [...answers, { ...said, answeredAt: answeredAt.toISOString() }];
  await settleTask(tx, found, judgeTask({ task: found, answers: all }, trust));
  return { answerId, isNew: true };
}

/** Holds the task until commit: nobody answers it, or ends it, in between. */
async function lockTask(tx: Transaction, taskId: string): Promise<Task> {
  const [row] = await tx.select().from(task).where(eq(task.id, taskId)).for('update');
  if (row === undefined) throw taskNotFound(taskId);
  return toTask(row);
}

function requireSame(found: Task, known: StoredAnswer, { asked, trust }: { asked: NewAnswer; trust: Trust }) {
  const { counted } = judgeTask({ task: found, answers: [known] }, trust);
  if (counted.length === 0)
    throw new LifecycleError(
      'CONFLICT',
      'An answer in your name is on file that you did not sign. Tell the operators.',
    );
  if (known.answer === asked.answer) return { answerId: known.id, isNew: false };
  throw new LifecycleError('CONFLICT', `You have already answered ${found.id} otherwise: an answer stays.`);
}

async function requireAsked(tx: Transaction, found: Task, principal: string): Promise<void> {
  const { rows } = await tx.execute<{ now: Date; kind: Answerer['kind']; roles: string[] }>(sql`
    select clock_timestamp() as now, p.kind, array(select g.role from role_grant g where g.principal = p.id
      and g.project = ${found.project} and g.revoked_at is null) as roles
    from principal p where p.id = ${principal}`);
  const [row] = rows;
  if (row === undefined) throw new LifecycleError('NOT_FOUND', `There is no principal ${principal}.`);
  const file: Pick<TaskFile, 'task' | 'now'> = { task: found, now: new Date(row.now).toISOString() };
  const ended = whyEnded(file);
  if (ended !== null) throw new LifecycleError('CONFLICT', `It takes no answer any more: ${ended}.`);
  const reason = whyNotAnswer(file, { principal, kind: row.kind, roles: row.roles }, false);
  if (reason !== null) throw new LifecycleError('NOT_ALLOWED', `Your answer would not count: ${reason}.`);
}
