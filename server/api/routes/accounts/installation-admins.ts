import type { Handler } from 'hono';
import { changedPrincipalSchema, namedPrincipalSchema } from '../../../../domain/api/principal.js';
import { LifecycleError } from '../../../../domain/kernel/errors.js';
import { requireInstallationAdmin } from '../../accounts-view.js';
import type { ApiEnvironment } from '../../environment.js';
import { readBody } from '../../read-request.js';
import type { Route } from '../../route.js';
import type { ApiStores } from '../../stores.js';

type Stores = Pick<ApiStores, 'admins' | 'people'>;

/** POST /v1/installation-admins: who makes projects and people. */
function grantAdmin({ admins, people }: Stores): Handler<ApiEnvironment> {
  return async (c) => {
    const { principal: id } = await readBody(c, namedPrincipalSchema);
    const caller = c.get('principal');
    requireInstallationAdmin(caller);
    const found = await people.find(id);
    if (found === undefined) throw new LifecycleError('NOT_FOUND', `There is no principal ${id}.`);
    if (found.kind === 'service' || found.deactivatedAt !== null)
      throw new LifecycleError('NOT_ALLOWED', 'An admin of the installation is a person who may sign in.');
    await admins.grant(id, caller.id);
    return c.json({ id }, 201);
  };
}

export const grantAdminRoute: Route = {
  method: 'post',
  path: '/v1/installation-admins',
  operationId: 'grantAdmin',
  tag: 'account',
  summary: 'Make a person an admin of the installation; needs one',
  request: { body: namedPrincipalSchema },
  answers: { 201: { description: 'They make projects and people from now on.', schema: changedPrincipalSchema } },
  handler: grantAdmin,
};

/** POST /v1/installation-admins/revocations: the last one stays. */
function revokeAdmin({ admins }: Stores): Handler<ApiEnvironment> {
  return async (c) => {
    const { principal: id } = await readBody(c, namedPrincipalSchema);
    const caller = c.get('principal');
    requireInstallationAdmin(caller);
    await admins.revoke(id, caller.id);
    return c.json({ id });
  };
}

export const revokeAdminRoute: Route = {
  method: 'post',
  path: '/v1/installation-admins/revocations',
  operationId: 'revokeAdmin',
  tag: 'account',
  summary: 'Take from somebody that they are an admin of the installation; needs one',
  request: { body: namedPrincipalSchema },
  answers: { 200: { description: 'They are none any more.', schema: changedPrincipalSchema } },
  handler: revokeAdmin,
};
