import type { Handler } from 'hono';
import { projectQuerySchema } from '../../../domain/api/fields.js';
import { policyListSchema, type PolicyList } from '../../../domain/api/policy.js';
import type { ApiEnvironment } from '../environment.js';
import { projectOf } from '../permissions.js';
import type { Route } from '../route.js';
import type { ApiStores } from '../stores.js';

/** GET /v1/policies: the policies that runs were asked for with. */
function listPolicies({ policies }: Pick<ApiStores, 'policies'>): Handler<ApiEnvironment> {
  return async (c) => {
    const used = await policies.list(projectOf(c));
    const answer: PolicyList = {
      policies: used.map(({ name, version, digest, body, recordedBy, recordedAt }) => ({
        name,
        version,
        digest,
        policy: body,
        recordedBy,
        recordedAt: recordedAt.toISOString(),
      })),
    };
    return c.json(answer);
  };
}

export const listPoliciesRoute: Route = {
  method: 'get',
  path: '/v1/policies',
  operationId: 'listPolicies',
  tag: 'approvals',
  summary: 'The policies that runs were asked for with',
  request: { query: projectQuerySchema },
  answers: { 200: { description: 'By name, the latest version first.', schema: policyListSchema } },
  handler: listPolicies,
};
