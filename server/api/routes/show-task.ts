import type { Handler } from 'hono';
import { taskViewSchema } from '../../../domain/api/task.js';
import type { ApiEnvironment } from '../environment.js';
import type { Route } from '../route.js';
import type { SigningKeys } from '../signing.js';
import type { ApiStores } from '../stores.js';
import { loadVisibleTask, taskView } from '../task-view.js';

/** GET /v1/tasks/:id: what is asked, of whom, and what was answered. */
function showTask(
  stores: Pick<ApiStores, 'tasks' | 'delegations' | 'views'>,
  keys: SigningKeys,
): Handler<ApiEnvironment> {
  return async (c) => {
    const principal = c.get('principal');
    const file = await loadVisibleTask(stores.tasks, principal, c.req.param('id') ?? '');
    return c.json(await taskView(file, { stores, keys, principal }));
  };
}

export const showTaskRoute: Route = {
  method: 'get',
  path: '/v1/tasks/:id',
  operationId: 'showTask',
  tag: 'tasks',
  summary: 'What is asked, of whom, and what was answered',
  description: 'Until all answers that are needed are in, the caller sees their own only.',
  answers: { 200: { description: 'The task.', schema: taskViewSchema } },
  handler: showTask,
};
