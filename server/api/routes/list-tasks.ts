import type { Handler } from 'hono';
import { z } from 'zod';
import { projectQuerySchema } from '../../../domain/api/fields.js';
import { taskPageSchema } from '../../../domain/api/task.js';
import { TASK_KINDS, TASK_STATES } from '../../../domain/kernel/states.js';
import type { ApiEnvironment } from '../environment.js';
import { inboxPage, readCursor } from '../inbox-page.js';
import { projectOf, projectsOf } from '../permissions.js';
import { readQuery } from '../read-request.js';
import type { Route } from '../route.js';
import type { SigningKeys } from '../signing.js';
import type { ApiStores } from '../stores.js';

const MOST = 200;

const querySchema = projectQuerySchema.extend({
  /** `open`: all that wait, disputed ones too. */
  state: z.enum([...TASK_STATES, 'all']).default('open'),
  waitingFor: z.enum(['me', 'all']).default('all'),
  kind: z.enum(TASK_KINDS).optional(),
  cursor: z.string().max(500).optional(),
  limit: z.coerce.number().int().min(1).max(MOST).default(50),
});

/** GET /v1/tasks: what people are asked, in one inbox over all of the caller's projects. */
function listTasks(
  stores: Pick<ApiStores, 'tasks' | 'delegations' | 'views'>,
  keys: SigningKeys,
): Handler<ApiEnvironment> {
  return async (c) => {
    const principal = c.get('principal');
    const { state, waitingFor, kind, cursor, limit, project } = readQuery(c, querySchema);
    const projects = project === undefined ? projectsOf(principal) : [projectOf(c)];
    const after = cursor === undefined ? undefined : readCursor(cursor);
    const asked = { projects, state, kind, after, limit };
    return c.json(await inboxPage({ stores, keys, principal, asked, isMine: waitingFor === 'me' }));
  };
}

export const listTasksRoute: Route = {
  method: 'get',
  path: '/v1/tasks',
  operationId: 'listTasks',
  tag: 'tasks',
  summary: 'What people are asked, in one inbox',
  description:
    "Of all the caller's projects, or of one, by due date. `state=open` gives all that wait, disputed ones too; " +
    '`waitingFor=me` what the caller can answer now. A page may hold fewer than `limit` and be followed by others.',
  request: { query: querySchema },
  answers: { 200: { description: 'A page; `next` is the `cursor` of the following one.', schema: taskPageSchema } },
  handler: listTasks,
};
