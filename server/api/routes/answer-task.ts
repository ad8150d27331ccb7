import type { Handler } from 'hono';
import { answerTaskSchema, answeredTaskSchema, type AnsweredTask } from '../../../domain/api/task.js';
import { keyId } from '../../../domain/evidence/dsse.js';
import { LifecycleError } from '../../../domain/kernel/errors.js';
import type { Task } from '../../../domain/tasks/task.js';
import { auditRefusal } from '../audit-refusal.js';
import type { ApiEnvironment } from '../environment.js';
import { readBody } from '../read-request.js';
import type { Route } from '../route.js';
import { signTaskAnswer, type SigningKeys } from '../signing.js';
import type { ApiStores } from '../stores.js';
import { loadVisibleTask } from '../task-view.js';

/**
 * POST /v1/tasks/:id/answers: signs what a person answered. An equal repeated answer is the first one; whether they are
 * asked, and the task still takes answers, is judged in the transaction that stores it.
 */
function answerTask(stores: Pick<ApiStores, 'tasks' | 'attempts'>, keys: SigningKeys): Handler<ApiEnvironment> {
  return async (c) => {
    const principal = c.get('principal');
    const file = await loadVisibleTask(stores.tasks, principal, c.req.param('id') ?? '');
    const { answer, reason } = await readBody(c, answerTaskSchema);
    const { id: taskId, project } = file.task;
    requireAnswerable(file.task, answer);
    const said = { taskId, principal: principal.id, answer, reason };
    const envelope = signTaskAnswer(keys, file, { by: principal, answer, reason });
    const about = { principal, file: { request: { id: taskId, project } }, named: 'answer' };
    const { answerId } = await auditRefusal(stores.attempts, about, () =>
      stores.tasks.recordAnswer({ ...said, envelope }, keys),
    );
    const answered: AnsweredTask = { answerId, taskId, answer, keyId: keyId(keys.publicKey) };
    return c.json(answered, 201);
  };
}

function requireAnswerable({ id, kind, subject, form }: Task, answer: string): void {
  const path = `POST /v1/approvals/${encodeURIComponent(subject)}`;
  if (kind === 'approval')
    throw new LifecycleError('INVALID_INPUT', `Task ${id} is an approval: decide by ${path}/decisions.`);
  if (kind === 'waiver')
    throw new LifecycleError(
      'INVALID_INPUT',
      `Task ${id} is a waiver: waive by ${path}/waivers, or decide by ${path}/decisions.`,
    );
  if (form.choices?.includes(answer) === false)
    throw new LifecycleError('INVALID_INPUT', `Task ${id} can be answered by ${form.choices.join(', ')}.`);
}

export const answerTaskRoute: Route = {
  method: 'post',
  path: '/v1/tasks/:id/answers',
  operationId: 'answerTask',
  tag: 'tasks',
  summary: 'Sign an answer to a task',
  description:
    'Only who is asked may answer, once. An equal repeated answer is the first one. An approval and a waiver are ' +
    'answered on their request, by its decisions and waivers.',
  request: { body: answerTaskSchema },
  answers: { 201: { description: 'The answer is signed and on record.', schema: answeredTaskSchema } },
  handler: answerTask,
};
