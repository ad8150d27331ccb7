import type { KeyObject } from 'node:crypto';
import { digestOf } from '../../domain/evidence/canonical.js';
import { signStatement } from '../../domain/evidence/dsse.js';
import { TASK_ANSWER_PAYLOAD_TYPE, type TaskAnswerStatement } from '../../domain/tasks/statement.js';
import type { StoredAnswer, Task } from '../../domain/tasks/task.js';
import { INSTANCE, keys } from './approval-files.js';

export const openLabelTask: Task = {
  id: 'task-1',
  project: 'default',
  kind: 'label',
  title: 'Is it spam?',
  subject: 'request-1',
  runId: null,
  form: { question: 'Spam or ham?', choices: ['spam', 'ham'], adjudicators: ['ml-lead'] },
  candidates: { roles: ['author'], people: [] },
  answersNeeded: 2,
  batch: null,
  dueAt: '2026-01-08T00:00:00.000Z',
  state: 'open',
  answer: null,
  evidence: null,
  openedBy: 'ada',
  openedAt: '2026-01-01T00:00:00.000Z',
  closedAt: null,
};

/** An answer as the api signs and stores it. */
export function signedAnswer(
  principal: string,
  answer: string,
  over: Partial<TaskAnswerStatement> = {},
  key: KeyObject = keys.privateKey,
): StoredAnswer {
  const { id: taskId, kind, subject, form } = openLabelTask;
  const at = '2026-01-02T00:00:00.000Z';
  const statement: TaskAnswerStatement = {
    instance: INSTANCE,
    taskId,
    kind,
    subject,
    formDigest: digestOf(form),
    answer,
    reason: '',
    principal,
    authn: { method: 'token', at },
    at,
    ...over,
  };
  const envelope = signStatement(TASK_ANSWER_PAYLOAD_TYPE, statement, key);
  return { id: `answer-${principal}`, taskId, principal, answer, envelope, answeredAt: at };
}
