import type { Handler } from 'hono';
import { ROLES } from '../../../../db/schema/account.js';
import { projectQuerySchema } from '../../../../domain/api/fields.js';
import {
  declaredRoleSchema,
  declareRoleSchema,
  roleListSchema,
  type RoleList,
} from '../../../../domain/api/principal.js';
import { ADMIN_ROLES, administeredProject, readableProject } from '../../accounts-view.js';
import type { ApiEnvironment } from '../../environment.js';
import { readBody } from '../../read-request.js';
import type { Route } from '../../route.js';
import type { ApiStores } from '../../stores.js';

type Stores = Pick<ApiStores, 'projectRoles'>;

/** GET /v1/roles: the roles of a project, and who holds them. */
function listRoles({ projectRoles }: Stores): Handler<ApiEnvironment> {
  return async (c) => {
    const project = readableProject(c);
    const [own, holders] = await Promise.all([projectRoles.own(project), projectRoles.holders(project)]);
    const answer: RoleList = {
      project,
      builtIn: [...ROLES],
      own,
      holders: holders.map(({ grantedAt, ...holder }) => ({ ...holder, grantedAt: grantedAt.toISOString() })),
    };
    return c.json(answer);
  };
}

export const listRolesRoute: Route = {
  method: 'get',
  path: '/v1/roles',
  operationId: 'listRoles',
  tag: 'account',
  summary: 'List the roles of a project, and who holds them',
  request: { query: projectQuerySchema },
  answers: { 200: { description: 'Built-in roles, own ones, and their holders.', schema: roleListSchema } },
  handler: listRoles,
};

/** POST /v1/roles: a role of the project's own, which policies may name. */
function declareRole({ projectRoles }: Stores): Handler<ApiEnvironment> {
  return async (c) => {
    const project = administeredProject(c);
    const role = { project, ...(await readBody(c, declareRoleSchema)) };
    await projectRoles.declare(role, c.get('principal').id);
    return c.json(role, 201);
  };
}

export const declareRoleRoute: Route = {
  method: 'post',
  path: '/v1/roles',
  operationId: 'declareRole',
  tag: 'account',
  summary: "Add a role of the project's own, which policies may name",
  description: 'It stays. It permits nothing by itself: a policy says what its holders sign.',
  roles: ADMIN_ROLES,
  request: { query: projectQuerySchema, body: declareRoleSchema },
  answers: { 201: { description: 'The role can be granted.', schema: declaredRoleSchema } },
  handler: declareRole,
};
