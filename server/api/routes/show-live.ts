import type { Handler } from 'hono';
import { liveQuerySchema, liveViewSchema, type LiveView } from '../../../domain/api/live.js';
import { LifecycleError } from '../../../domain/kernel/errors.js';
import type { ApiEnvironment } from '../environment.js';
import { liveVersions } from '../live-view.js';
import { projectOf } from '../permissions.js';
import { readQuery } from '../read-request.js';
import type { Route } from '../route.js';
import type { SigningKeys } from '../signing.js';
import type { ApiStores } from '../stores.js';

/** GET /v1/aliases/:alias/live: what was live at a moment, who approved it, and on which evidence. */
function showLive(stores: ApiStores, keys: SigningKeys): Handler<ApiEnvironment> {
  return async (c) => {
    const project = projectOf(c);
    const alias = c.req.param('alias') ?? '';
    const { at, asKnownAt } = readQuery(c, liveQuerySchema);
    if ((await stores.registry.route(project, alias)).revision === 0)
      throw new LifecycleError('NOT_FOUND', `There is no alias ${alias}.`);
    const answer = await stores.views.aliasAt({ project, alias, at, asKnownAt });
    const { now, isAhead, first, found } = answer;
    if (isAhead) throw new LifecycleError('INVALID_INPUT', `It is ${now}: what lies ahead is not known.`);
    if (found === null) throw new LifecycleError('NOT_FOUND', whyNothing({ alias, at: at ?? now, asKnownAt, first }));
    const { routes: _routes, ...move } = found;
    const versions = await liveVersions(stores, keys, { project, found });
    const view: LiveView = { alias, at: at ?? now, asKnownAt: asKnownAt ?? now, ...move, versions };
    return c.json(view);
  };
}

function whyNothing(asked: { alias: string; at: string; asKnownAt: string | undefined; first: string | null }): string {
  const { alias, at, asKnownAt, first } = asked;
  const known = asKnownAt === undefined ? '' : `, by what was known at ${asKnownAt}`;
  const since = first === null ? 'no move of it was known' : `its first move was at ${first}`;
  return `The alias ${alias} pointed nowhere yet at ${at}${known}: ${since}.`;
}

export const showLiveRoute: Route = {
  method: 'get',
  path: '/v1/aliases/:alias/live',
  operationId: 'showLive',
  tag: 'traffic',
  summary: 'What was live at a moment, who approved it, and on which evidence',
  description:
    'Without `at`: now. With `asKnownAt` corrections that came later do not count. During a canary there are two versions. ' +
    'A move counts from its moment on. Who approved is read from the signed statements.',
  request: { query: liveQuerySchema },
  answers: { 200: { description: 'The versions with their shares of the traffic.', schema: liveViewSchema } },
  handler: showLive,
};
