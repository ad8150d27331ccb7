import { projectQuerySchema } from '../../../domain/api/fields.js';
import type { Route } from '../route.js';
import type { Handler } from 'hono';
import { aliasViewSchema, type AliasView } from '../../../domain/api/model.js';
import { LifecycleError } from '../../../domain/kernel/errors.js';
import type { ApiEnvironment } from '../environment.js';
import { projectOf } from '../permissions.js';
import type { ApiStores } from '../stores.js';

/** GET /v1/aliases/:alias: where an alias points, and how it came there. */
function showAlias({ registry, views }: Pick<ApiStores, 'registry' | 'views'>): Handler<ApiEnvironment> {
  return async (c) => {
    const project = projectOf(c);
    const alias = c.req.param('alias') ?? '';
    const { revision, routes, champion } = await registry.route(project, alias);
    if (revision === 0) throw new LifecycleError('NOT_FOUND', `There is no alias ${alias}.`);
    const moves = (await views.aliasHistory(project, alias)).map((move) => ({
      revision: move.revision,
      routes: move.routes,
      champion: move.champion,
      runId: move.runId,
      requestId: move.requestId,
      reason: move.reason,
      at: move.at.toISOString(),
    }));
    const answer: AliasView = { alias, revision, routes, champion, moves };
    return c.json(answer);
  };
}

export const showAliasRoute: Route = {
  method: 'get',
  path: '/v1/aliases/:alias',
  operationId: 'showAlias',
  tag: 'traffic',
  summary: 'Where an alias points, and how it came there',
  request: { query: projectQuerySchema },
  answers: { 200: { description: 'Its routes, and its moves with the latest first.', schema: aliasViewSchema } },
  handler: showAlias,
};
