import type { Handler, Hono, MiddlewareHandler } from 'hono';
import { z } from 'zod';
import { answerOnce } from './answer-once.js';
import type { ApiEnvironment } from './environment.js';
import { readJson } from './middleware/read-json.js';
import { requireScope } from './permissions.js';
import { sendProblem } from './problem.js';
import { readQuery } from './read-request.js';
import type { Route, RouteOptions } from './route.js';
import type { ApiStores } from './stores.js';

/** Builds the app from the table. Another method at a known address is a 405 that says which there are. */
export function addRoutes(
  app: Hono<ApiEnvironment>,
  routes: readonly Route[],
  options: RouteOptions & { stores: ApiStores },
): void {
  for (const route of routes) {
    const body = route.request?.body === undefined ? [] : [readJson];
    const handler = answers(route, options);
    app.on(route.method, [route.path], requireScopeOf(route), requireQuery(route), ...body, handler);
  }
  // What is named comes before what is a parameter: `/v1/runs/preview` is no run.
  const paths = [...new Set(routes.map((route) => route.path))].toSorted((a, b) => parameters(a) - parameters(b));
  for (const path of paths) app.all(path, refuseMethod(routes, path));
}

const parameters = (path: string): number => path.split(':').length - 1;

const answers = (route: Route, options: RouteOptions & { stores: ApiStores }): Handler<ApiEnvironment> =>
  route.method === 'post' && route.keepsNoAnswer !== true
    ? answerOnce(route, options.stores, options)
    : route.handler(options.stores, options);

/** A token does no more than it was made for, whatever its holder may do. */
const requireScopeOf =
  ({ method, scope, isPublic }: Route): MiddlewareHandler<ApiEnvironment> =>
  (c, next) => {
    if (isPublic !== true) requireScope(c.get('principal'), scope ?? (method === 'get' ? 'read' : 'write'));
    return next();
  };

const NO_PARAMETERS = z.strictObject({});

/** Refuses parameters that the operation does not know: what is misspelt would otherwise be passed by in silence. */
const requireQuery =
  ({ request }: Route): MiddlewareHandler<ApiEnvironment> =>
  (c, next) => {
    readQuery(c, request?.query ?? NO_PARAMETERS);
    return next();
  };

function refuseMethod(routes: readonly Route[], path: string): MiddlewareHandler<ApiEnvironment> {
  const methods = routes.filter((route) => route.path === path).map(({ method }) => method.toUpperCase());
  const allowed = (methods.includes('GET') ? ['HEAD', ...methods] : methods).toSorted().join(', ');
  return (c) => {
    c.header('allow', allowed);
    const detail = `${c.req.path} answers ${allowed}, not ${c.req.method}.`;
    return Promise.resolve(sendProblem(c, { status: 405, title: 'Not this method', code: 'WRONG_METHOD', detail }));
  };
}
