import type { Handler } from 'hono';
import { ROLES } from '../../../../db/schema/account.js';
import { projectQuerySchema } from '../../../../domain/api/fields.js';
import { changedGrantSchema, roleGrantSchema } from '../../../../domain/api/principal.js';
import { LifecycleError } from '../../../../domain/kernel/errors.js';
import { ADMIN_ROLES, administeredProject, refuseSelf } from '../../accounts-view.js';
import type { ApiEnvironment } from '../../environment.js';
import { readBody } from '../../read-request.js';
import type { Route } from '../../route.js';
import type { ApiStores } from '../../stores.js';

type Stores = Pick<ApiStores, 'accounts' | 'people' | 'projectRoles'>;

/** POST /v1/role-grants: it counts from the next request on. */
function grantRole({ accounts, people, projectRoles }: Stores): Handler<ApiEnvironment> {
  return async (c) => {
    const project = administeredProject(c);
    const { principal, role } = await readBody(c, roleGrantSchema);
    const caller = c.get('principal');
    refuseSelf(caller, principal, 'gives a role to');
    const found = await people.find(principal);
    if (found === undefined) throw new LifecycleError('NOT_FOUND', `There is no principal ${principal}.`);
    await requireKnownRole(projectRoles, project, role);
    await accounts.grantRole({ principal, project, role }, caller.id);
    return c.json({ principal, project, role }, 201);
  };
}

async function requireKnownRole(projectRoles: Stores['projectRoles'], project: string, role: string): Promise<void> {
  const own = await projectRoles.own(project);
  const known = [...ROLES, ...own.map(({ name }) => name)];
  if (known.includes(role)) return;
  const words = `${project} has no role ${role}. It has ${known.join(', ')}; \`assay accounts declare-role\` adds one.`;
  throw new LifecycleError('INVALID_INPUT', words, { known });
}

export const grantRoleRoute: Route = {
  method: 'post',
  path: '/v1/role-grants',
  operationId: 'grantRole',
  tag: 'account',
  summary: 'Give somebody else a role in a project',
  description: 'An admin of the installation may do it in every project.',
  roles: ADMIN_ROLES,
  request: { query: projectQuerySchema, body: roleGrantSchema },
  answers: { 201: { description: 'They hold it from now on.', schema: changedGrantSchema } },
  handler: grantRole,
};

/** POST /v1/role-grants/revocations: a signature that needs the role no longer counts for what is not released yet. */
function revokeRole({ accounts }: Stores): Handler<ApiEnvironment> {
  return async (c) => {
    const project = administeredProject(c);
    const { principal, role } = await readBody(c, roleGrantSchema);
    await accounts.revokeRole({ principal, project, role }, c.get('principal').id);
    return c.json({ principal, project, role });
  };
}

export const revokeRoleRoute: Route = {
  method: 'post',
  path: '/v1/role-grants/revocations',
  operationId: 'revokeRole',
  tag: 'account',
  summary: 'Take a role from somebody',
  roles: ADMIN_ROLES,
  request: { query: projectQuerySchema, body: roleGrantSchema },
  answers: { 200: { description: 'They hold it no more.', schema: changedGrantSchema } },
  handler: revokeRole,
};
