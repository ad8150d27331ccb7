import type { Context } from 'hono';
import type { ApiScope } from '../../db/schema/account.js';
import { LifecycleError } from '../../domain/kernel/errors.js';
import type { ApiEnvironment } from './environment.js';
import type { Principal } from './stores.js';

/** The projects in which the caller has a part. */
export const projectsOf = ({ roles }: Principal): string[] => [...new Set(roles.map(({ project }) => project))];

/** The roles that a person holds in a project. */
export const rolesIn = ({ roles }: Pick<Principal, 'roles'>, project: string): string[] =>
  roles.filter((grant) => grant.project === project).map(({ role }) => role);

/**
 * The project that a request is about: the one in `?project=`, else the caller's only one.
 * @throws LifecycleError NOT_FOUND for one in which the caller has no part; INVALID_INPUT where they have several.
 */
export function projectOf(c: Context<ApiEnvironment>): string {
  const projects = projectsOf(c.get('principal'));
  const asked = c.req.query('project');
  if (asked !== undefined) {
    if (projects.includes(asked)) return asked;
    throw new LifecycleError('NOT_FOUND', `There is no project ${asked}.`);
  }
  const [only, other] = projects;
  if (only === undefined) throw new LifecycleError('NOT_ALLOWED', 'You hold no role in any project.');
  if (other === undefined) return only;
  throw new LifecycleError('INVALID_INPUT', 'You have a part in several projects: name one as `?project=`.', {
    projects,
  });
}

/** Hides what belongs to a project in which the caller has no part, as if it were not there. */
export function requireVisible(principal: Principal, project: string | undefined, what: string): void {
  if (project !== undefined && projectsOf(principal).includes(project)) return;
  throw new LifecycleError('NOT_FOUND', `There is no ${what}.`);
}

/** @throws LifecycleError NOT_ALLOWED where the caller holds none of these roles. */
export function requireRole(principal: Principal, project: string, roles: readonly string[]): void {
  if (rolesIn(principal, project).some((role) => roles.includes(role))) return;
  throw new LifecycleError('NOT_ALLOWED', `This needs the role ${roles.join(' or ')} in ${project}.`);
}

/** @throws LifecycleError NOT_ALLOWED where the caller's token was not made for this. A session is good for everything. */
export function requireScope({ scopes }: Principal, scope: ApiScope): void {
  if (scopes.includes(scope)) return;
  throw new LifecycleError('NOT_ALLOWED', `This token does not have the scope ${scope}. Use one that has, or sign in.`);
}
