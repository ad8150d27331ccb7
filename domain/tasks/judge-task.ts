import type { KeyObject } from 'node:crypto';
import { digestOf } from '../evidence/canonical.js';
import { openEnvelope } from '../evidence/dsse.js';
import { settle, type CountedAnswer, type Settlement } from './settle.js';
import { TASK_ANSWER_PAYLOAD_TYPE, taskAnswerStatementSchema, type TaskAnswerStatement } from './statement.js';
import type { StoredAnswer, Task, TaskFile } from './task.js';

/** The installation and the key by which a signature is judged. */
export interface Trust {
  instance: string;
  publicKey: KeyObject;
}

export interface TaskJudgement extends Settlement {
  /** What was signed, by the id of the answer. */
  counted: (CountedAnswer & { signed: TaskAnswerStatement })[];
  /** Ids of answers whose signature or content does not hold. */
  unverified: string[];
}

/** Judges a task from what was signed, not from what the rows say. */
export function judgeTask({ task, answers }: Pick<TaskFile, 'task' | 'answers'>, trust: Trust): TaskJudgement {
  const counted: TaskJudgement['counted'] = [];
  const unverified: string[] = [];
  for (const answer of answers) {
    const signed = signedAnswer(task, answer, trust);
    if (signed === undefined) unverified.push(answer.id);
    else counted.push({ id: answer.id, principal: signed.principal, answer: signed.answer, signed });
  }
  return { ...settle(task.answersNeeded, counted), counted, unverified };
}

function signedAnswer(task: Task, row: StoredAnswer, trust: Trust): TaskAnswerStatement | undefined {
  const opened = openEnvelope(TASK_ANSWER_PAYLOAD_TYPE, row.envelope, trust.publicKey);
  const signed = taskAnswerStatementSchema.safeParse(opened).data;
  const isAboutThis =
    signed?.instance === trust.instance &&
    signed.taskId === task.id &&
    signed.kind === task.kind &&
    signed.subject === task.subject &&
    signed.formDigest === digestOf(task.form) &&
    signed.principal === row.principal &&
    signed.answer === row.answer;
  return isAboutThis ? signed : undefined;
}
