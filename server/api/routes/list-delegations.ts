import type { Handler } from 'hono';
import { delegationListSchema, type DelegationList } from '../../../domain/api/delegation.js';
import { projectQuerySchema } from '../../../domain/api/fields.js';
import { delegationView } from '../delegation-view.js';
import type { ApiEnvironment } from '../environment.js';
import { projectOf } from '../permissions.js';
import type { Route } from '../route.js';
import type { ApiStores } from '../stores.js';

/** GET /v1/delegations: those that the caller gave or was given. */
function listDelegations({ delegations }: Pick<ApiStores, 'delegations'>): Handler<ApiEnvironment> {
  return async (c) => {
    const given = await delegations.list(projectOf(c), c.get('principal').id);
    const answer: DelegationList = { delegations: given.map(delegationView) };
    return c.json(answer);
  };
}

export const listDelegationsRoute: Route = {
  method: 'get',
  path: '/v1/delegations',
  operationId: 'listDelegations',
  tag: 'approvals',
  summary: 'The delegations that you gave or were given',
  request: { query: projectQuerySchema },
  answers: { 200: { description: 'The latest first.', schema: delegationListSchema } },
  handler: listDelegations,
};
