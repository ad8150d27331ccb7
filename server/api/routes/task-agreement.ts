import type { Handler } from 'hono';
import { keyField, projectQuerySchema } from '../../../domain/api/fields.js';
import { agreementSchema, type AgreementView } from '../../../domain/api/task.js';
import { LifecycleError } from '../../../domain/kernel/errors.js';
import { agreementOf } from '../../../domain/tasks/agreement.js';
import { judgeTask } from '../../../domain/tasks/judge-task.js';
import type { StoredAnswer, Task } from '../../../domain/tasks/task.js';
import type { ApiEnvironment } from '../environment.js';
import { projectOf } from '../permissions.js';
import { readQuery } from '../read-request.js';
import type { Route } from '../route.js';
import type { SigningKeys } from '../signing.js';
import type { ApiStores } from '../stores.js';

const querySchema = projectQuerySchema.extend({ batch: keyField(100) });

/** GET /v1/tasks/agreement: how far two independent answers agree over a batch, beyond chance. */
function taskAgreement({ tasks }: Pick<ApiStores, 'tasks'>, keys: SigningKeys): Handler<ApiEnvironment> {
  return async (c) => {
    const { batch } = readQuery(c, querySchema);
    const found = await tasks.batch(projectOf(c), batch);
    if (found.length === 0) throw new LifecycleError('NOT_FOUND', `There is no batch ${batch}.`);
    const answers = await tasks.answers(found.map(({ id }) => id));
    const pairs = found.flatMap((task) => pairOf(task, answers.get(task.id) ?? [], keys));
    const view: AgreementView = { batch, tasks: found.length, ...agreementOf(pairs) };
    return c.json(view);
  };
}

/** The two independent answers of a task, where both are in: what settled a dispute is none. */
function pairOf(task: Task, answers: StoredAnswer[], keys: SigningKeys) {
  if (task.answersNeeded !== 2) return [];
  const [first, second] = judgeTask({ task, answers }, keys).counted;
  return first === undefined || second === undefined ? [] : [[first, second] as const];
}

export const taskAgreementRoute: Route = {
  method: 'get',
  path: '/v1/tasks/agreement',
  operationId: 'showTaskAgreement',
  tag: 'tasks',
  summary: 'How far independent answers agree over a batch, beyond chance',
  description:
    "Cohen's kappa where the same two people answered all of them, else Fleiss'. Answers that settled a dispute are " +
    'not counted. The words for kappa are those of Landis and Koch (1977).',
  request: { query: querySchema },
  answers: { 200: { description: 'Observed agreement, kappa, and what it means.', schema: agreementSchema } },
  handler: taskAgreement,
};
