import type { Handler } from 'hono';
import { delegationViewSchema } from '../../../domain/api/delegation.js';
import { delegationView } from '../delegation-view.js';
import type { ApiEnvironment } from '../environment.js';
import type { Route } from '../route.js';
import type { ApiStores } from '../stores.js';

/** POST /v1/delegations/:id/revoke: takes back what the caller gave. */
function revokeDelegation({ delegations }: Pick<ApiStores, 'delegations'>): Handler<ApiEnvironment> {
  return async (c) => {
    const id = c.req.param('id') ?? '';
    return c.json(delegationView(await delegations.revoke(id, c.get('principal').id)));
  };
}

export const revokeDelegationRoute: Route = {
  method: 'post',
  path: '/v1/delegations/:id/revoke',
  operationId: 'revokeDelegation',
  tag: 'approvals',
  summary: 'Take back a delegation',
  description: 'What was signed under it counts no more for a release that has not been.',
  answers: { 200: { description: 'It was taken back.', schema: delegationViewSchema } },
  handler: revokeDelegation,
};
