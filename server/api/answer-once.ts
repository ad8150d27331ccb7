import { createHash } from 'node:crypto';
import type { Context, Handler } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { KeyedRequest } from '../../db/stores/answer-once.js';
import type { ApiEnvironment } from './environment.js';
import { idempotencyKey } from './idempotency-key.js';
import { projectsOf } from './permissions.js';
import type { Route, RouteOptions } from './route.js';
import type { ApiStores } from './stores.js';

/**
 * The handler of a route that changes something: with an `Idempotency-Key` its rows and its answer are written in one
 * transaction, and whoever asks again, also after the api was killed before it could reply, is given that answer.
 */
export function answerOnce(route: Route, stores: ApiStores, options: RouteOptions): Handler<ApiEnvironment> {
  const withoutKey = route.handler(stores, options);
  return async (c, next) => {
    const key = idempotencyKey(c);
    if (key === undefined) return withoutKey(c, next);
    const asked = keyedRequest(c, key);
    const answer = await stores.once(asked, async (inside) => {
      const response = await route.handler(inside, options)(c, next);
      if (!(response instanceof Response)) throw new TypeError(`${route.operationId} answered nothing.`);
      return { status: response.status, body: await response.text() };
    });
    if (answer.isRepeated) c.header('idempotent-replayed', 'true');
    return c.body(answer.body, answer.status as ContentfulStatusCode, { 'content-type': 'application/json' });
  };
}

/** The same key of another person, or in another project, is another key. */
function keyedRequest(c: Context<ApiEnvironment>, key: string): KeyedRequest {
  const principal = c.get('principal');
  const projects = projectsOf(principal);
  const project = c.req.query('project') ?? (projects.length === 1 ? projects[0] : undefined) ?? '';
  const { pathname, search } = new URL(c.req.url);
  // White space does not make it another request.
  const asked = JSON.stringify([c.req.method, pathname + search, c.get('body') ?? null]);
  return { principal: principal.id, project, key, requestDigest: createHash('sha256').update(asked).digest('hex') };
}
