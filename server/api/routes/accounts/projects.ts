import type { Handler } from 'hono';
import { createdProjectSchema, createProjectSchema, projectListSchema } from '../../../../domain/api/principal.js';
import { requireInstallationAdmin } from '../../accounts-view.js';
import type { ApiEnvironment } from '../../environment.js';
import { projectsOf } from '../../permissions.js';
import { readBody } from '../../read-request.js';
import type { Route } from '../../route.js';
import type { ApiStores } from '../../stores.js';

type Stores = Pick<ApiStores, 'projectRoles'>;

/** GET /v1/projects: those in which the caller has a part. */
function listProjects({ projectRoles }: Stores): Handler<ApiEnvironment> {
  return async (c) => {
    const caller = c.get('principal');
    const projects = caller.isInstallationAdmin ? await projectRoles.projects() : projectsOf(caller).toSorted();
    return c.json({ projects });
  };
}

export const listProjectsRoute: Route = {
  method: 'get',
  path: '/v1/projects',
  operationId: 'listProjects',
  tag: 'account',
  summary: 'List the projects in which you have a part; as an admin of the installation, all',
  answers: { 200: { description: 'Projects by name.', schema: projectListSchema } },
  handler: listProjects,
};

/** POST /v1/projects: whoever makes it is its admin. */
function createProject({ projectRoles }: Stores): Handler<ApiEnvironment> {
  return async (c) => {
    const { id } = await readBody(c, createProjectSchema);
    const caller = c.get('principal');
    requireInstallationAdmin(caller);
    await projectRoles.createProject(id, caller.id);
    return c.json({ id }, 201);
  };
}

export const createProjectRoute: Route = {
  method: 'post',
  path: '/v1/projects',
  operationId: 'createProject',
  tag: 'account',
  summary: 'Make a project; needs an admin of the installation',
  description: 'Whoever makes it holds the roles admin and author in it.',
  request: { body: createProjectSchema },
  answers: { 201: { description: 'The project is there.', schema: createdProjectSchema } },
  handler: createProject,
};
