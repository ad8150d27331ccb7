import type { Handler } from 'hono';
import type { AliasView } from '../../../domain/api/model.js';
import { LifecycleError } from '../../../domain/kernel/errors.js';
import type { ApiEnvironment } from '../environment.js';
import { projectOf } from '../permissions.js';
import type { ApiStores } from '../stores.js';

/** GET /v1/aliases/:alias: where an alias points, and how it came there. */
export function showAlias({ registry, views }: Pick<ApiStores, 'registry' | 'views'>): Handler<ApiEnvironment> {
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
