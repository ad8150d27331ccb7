import { eq, sql } from 'drizzle-orm';
import { isDigest, type Digest } from '../../domain/kernel/digest.js';
import type { TaskJudgement } from '../../domain/tasks/judge-task.js';
import type { Task } from '../../domain/tasks/task.js';
import { WORKER_ACTOR } from '../audit/actions.js';
import { recordEvent } from '../audit/record-event.js';
import type { Transaction } from '../pool.js';
import { task } from '../schema/task.js';
import { insertFeedback } from './feedback.js';
import { storeEvidence } from './store-evidence.js';

const PRODUCER = { name: 'assay/fact-check', version: '1' };

/**
 * Writes what answers add up to, where that is something else than before. An agreed label of a served request becomes
 * feedback, a fact check of something with a digest becomes evidence about it, in the same transaction.
 */
export async function settleTask(tx: Transaction, found: Task, judged: TaskJudgement): Promise<void> {
  const { id, project, kind } = found;
  const { state, answer, signers } = judged;
  if (state === found.state) return;
  if (answer === null) return void (await tx.update(task).set({ state }).where(eq(task.id, id)));
  const evidence = await keepFactCheck(tx, found, answer);
  await tx.update(task).set({ state, answer, evidence }).where(eq(task.id, id));
  await recordLabel(tx, found, { answer, signers });
  const event = { project, actor: signers[0] ?? WORKER_ACTOR, action: 'task.closed', subject: id } as const;
  const details = { kind, state, signers, wasDisputed: found.state === 'disputed', evidence };
  await recordEvent(tx, { ...event, details });
}

async function keepFactCheck(tx: Transaction, asked: Task, answer: string): Promise<Digest | null> {
  const { id, kind, subject, form } = asked;
  if (kind !== 'fact-check' || !isDigest(subject)) return null;
  const body = { taskId: id, question: form.question, answer };
  const [evidence] = await storeEvidence(tx, [{ kind: 'fact-check', subject, producer: PRODUCER, inputs: [], body }]);
  return evidence ?? null;
}

async function recordLabel(
  tx: Transaction,
  { kind, project, subject }: Task,
  { answer, signers }: { answer: string; signers: string[] },
): Promise<void> {
  const [principal, ...alsoSaidBy] = signers;
  if (kind !== 'label' || principal === undefined) return;
  const { rows } = await tx.execute<{ alias: string }>(
    sql`select alias from served_request where id = ${subject} and project = ${project} limit 1`,
  );
  const [served] = rows;
  if (served === undefined) return;
  const items = [{ requestId: subject, label: answer }];
  await insertFeedback(tx, { project, alias: served.alias, principal, alsoSaidBy, items });
}
