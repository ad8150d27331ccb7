import type { Handler } from 'hono';
import {
  createPrincipalSchema,
  changedPrincipalSchema,
  principalListSchema,
  type PrincipalList,
} from '../../../../domain/api/principal.js';
import { LifecycleError } from '../../../../domain/kernel/errors.js';
import { ADMIN_ROLES, adminProjects, requireInstallationAdmin } from '../../accounts-view.js';
import type { ApiEnvironment } from '../../environment.js';
import { readBody } from '../../read-request.js';
import type { Route } from '../../route.js';
import type { ApiStores } from '../../stores.js';

type Stores = Pick<ApiStores, 'people'>;

/** GET /v1/principals: who there is, for whoever grants roles. */
function listPrincipals({ people }: Stores): Handler<ApiEnvironment> {
  return async (c) => {
    const caller = c.get('principal');
    const projects = adminProjects(caller);
    if (!caller.isInstallationAdmin && projects.length === 0)
      throw new LifecycleError(
        'NOT_ALLOWED',
        'This needs the role admin in a project, or an admin of the installation.',
      );
    const found = await people.list();
    const isShown = (project: string): boolean => caller.isInstallationAdmin || projects.includes(project);
    const answer: PrincipalList = {
      principals: found.map(({ deactivatedAt, roles, ...one }) => ({
        ...one,
        deactivatedAt: deactivatedAt?.toISOString() ?? null,
        roles: roles.filter(({ project }) => isShown(project)),
      })),
    };
    return c.json(answer);
  };
}

export const listPrincipalsRoute: Route = {
  method: 'get',
  path: '/v1/principals',
  operationId: 'listPrincipals',
  tag: 'account',
  summary: 'List people and services, with the roles that you administer',
  roles: ADMIN_ROLES,
  answers: { 200: { description: 'People and services by id.', schema: principalListSchema } },
  handler: listPrincipals,
};

/** POST /v1/principals: somebody new, who may nothing yet. */
function createPrincipal({ people }: Stores): Handler<ApiEnvironment> {
  return async (c) => {
    const one = await readBody(c, createPrincipalSchema);
    const caller = c.get('principal');
    requireInstallationAdmin(caller);
    if (one.email !== undefined && one.kind === 'service')
      throw new LifecycleError('INVALID_INPUT', 'A service signs in by tokens: it has no e-mail address.');
    await people.create(one, caller.id);
    return c.json({ id: one.id }, 201);
  };
}

export const createPrincipalRoute: Route = {
  method: 'post',
  path: '/v1/principals',
  operationId: 'createPrincipal',
  tag: 'account',
  summary: 'Make a person or a service; needs an admin of the installation',
  request: { body: createPrincipalSchema },
  answers: { 201: { description: 'They are there, without a role.', schema: changedPrincipalSchema } },
  handler: createPrincipal,
};
