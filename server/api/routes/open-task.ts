import type { Handler } from 'hono';
import { projectQuerySchema } from '../../../domain/api/fields.js';
import { openTaskSchema, taskViewSchema } from '../../../domain/api/task.js';
import type { ApiEnvironment } from '../environment.js';
import { projectOf, requireRole } from '../permissions.js';
import { readBody } from '../read-request.js';
import type { Route } from '../route.js';
import type { SigningKeys } from '../signing.js';
import type { ApiStores } from '../stores.js';
import { taskView } from '../task-view.js';

const ROLES = ['author', 'ml-lead', 'admin'] as const;

/** POST /v1/tasks: puts a question before people. */
function openTask(
  stores: Pick<ApiStores, 'tasks' | 'delegations' | 'views'>,
  keys: SigningKeys,
): Handler<ApiEnvironment> {
  return async (c) => {
    const principal = c.get('principal');
    const project = projectOf(c);
    if (principal.kind === 'person') requireRole(principal, project, ROLES);
    const { form, runId, batch, dueAt, ...asked } = await readBody(c, openTaskSchema);
    const { question, choices, adjudicators } = form;
    const task = await stores.tasks.open({
      ...asked,
      project,
      // What is signed is the digest of this: what is left out is not there.
      form: {
        question,
        ...(choices !== undefined && { choices }),
        ...(adjudicators !== undefined && { adjudicators }),
      },
      runId: runId ?? null,
      batch: batch ?? null,
      dueAt: dueAt ?? null,
      openedBy: principal.id,
    });
    const file = { task, answers: [], now: task.openedAt };
    return c.json(await taskView(file, { stores, keys, principal }), 201);
  };
}

export const openTaskRoute: Route = {
  method: 'post',
  path: '/v1/tasks',
  operationId: 'openTask',
  tag: 'tasks',
  summary: 'Put a question before people',
  description:
    'A fact check, a label, a question about a budget, a triage; a service may ask, too. An agreed label of a served ' +
    'request becomes feedback, a fact check of something with a digest becomes evidence about it.',
  roles: ROLES,
  request: { query: projectQuerySchema, body: openTaskSchema },
  answers: { 201: { description: 'The task is open.', schema: taskViewSchema } },
  handler: openTask,
};
