import type { Handler } from 'hono';
import { projectQuerySchema } from '../../../domain/api/fields.js';
import { correctAliasSchema, correctionViewSchema } from '../../../domain/api/live.js';
import type { ApiEnvironment } from '../environment.js';
import { projectOf, requireRole } from '../permissions.js';
import { readBody } from '../read-request.js';
import type { Route } from '../route.js';
import type { ApiStores } from '../stores.js';

const ROLES = ['admin'] as const;

/** POST /v1/aliases/:alias/corrections: since when a move was so in truth. */
function correctAlias({ correctAlias: correct }: Pick<ApiStores, 'correctAlias'>): Handler<ApiEnvironment> {
  return async (c) => {
    const { id: by } = c.get('principal');
    const project = projectOf(c);
    requireRole(c.get('principal'), project, ROLES);
    const asked = await readBody(c, correctAliasSchema);
    const made = await correct({ project, alias: c.req.param('alias') ?? '', by, ...asked });
    const { alias, revision, effectiveAt, reason, at } = made;
    return c.json(
      { alias, revision, effectiveAt: effectiveAt?.toISOString() ?? null, reason, by, at: at.toISOString() },
      201,
    );
  };
}

export const correctAliasRoute: Route = {
  method: 'post',
  path: '/v1/aliases/:alias/corrections',
  operationId: 'correctAlias',
  tag: 'traffic',
  summary: 'Say since when a move of an alias was so in truth',
  description:
    'It stands beside what was on file, which stays: `asKnownAt` still answers as before. It changes no traffic. ' +
    '`effectiveAt` null: the move never took effect.',
  roles: ROLES,
  request: { query: projectQuerySchema, body: correctAliasSchema },
  answers: { 201: { description: 'The correction is on file.', schema: correctionViewSchema } },
  handler: correctAlias,
};
