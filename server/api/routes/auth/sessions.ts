import type { Handler } from 'hono';
import { endedSessionSchema, sessionListSchema, type SessionList } from '../../../../domain/api/sign-in.js';
import { LifecycleError } from '../../../../domain/kernel/errors.js';
import type { ApiEnvironment } from '../../environment.js';
import { isUuid } from '../../is-uuid.js';
import type { Route } from '../../route.js';
import type { ApiStores } from '../../stores.js';

type Stores = Pick<ApiStores, 'sessions'>;

/** GET /v1/sessions: where you are signed in. */
const listSessions =
  ({ sessions }: Stores): Handler<ApiEnvironment> =>
  async (c) => {
    const { id: principal, sessionId } = c.get('principal');
    const found = await sessions.list(principal);
    const answer: SessionList = {
      sessions: found.map(({ id, method, createdAt, lastUsedAt, expiresAt }) => ({
        id,
        method,
        isThis: id === sessionId,
        createdAt: createdAt.toISOString(),
        lastUsedAt: lastUsedAt.toISOString(),
        expiresAt: expiresAt.toISOString(),
      })),
    };
    return c.json(answer);
  };

export const listSessionsRoute: Route = {
  method: 'get',
  path: '/v1/sessions',
  operationId: 'listSessions',
  tag: 'account',
  summary: 'Where you are signed in',
  answers: { 200: { description: 'Your sessions that go on, the latest first.', schema: sessionListSchema } },
  handler: listSessions,
};

/** POST /v1/sessions/:id/end: for a browser that you no longer have. */
const endSession =
  ({ sessions }: Stores): Handler<ApiEnvironment> =>
  async (c) => {
    const id = c.req.param('id') ?? '';
    if (!isUuid(id)) throw new LifecycleError('NOT_FOUND', `You have no session ${id}.`);
    await sessions.end(id, c.get('principal').id);
    return c.json({ id });
  };

export const endSessionRoute: Route = {
  method: 'post',
  path: '/v1/sessions/:id/end',
  operationId: 'endSession',
  tag: 'account',
  summary: 'End a session of yours',
  answers: { 200: { description: 'It opens nothing any more.', schema: endedSessionSchema } },
  handler: endSession,
};
