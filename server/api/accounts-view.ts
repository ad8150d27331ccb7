import type { Context } from 'hono';
import { LifecycleError } from '../../domain/kernel/errors.js';
import type { ApiEnvironment } from './environment.js';
import { projectOf, requireRole, rolesIn } from './permissions.js';
import type { Principal } from './stores.js';

export const ADMIN_ROLES = ['admin'] as const;

/** @throws LifecycleError NOT_ALLOWED for whoever is no admin of the installation */
export function requireInstallationAdmin({ isInstallationAdmin }: Principal): void {
  if (isInstallationAdmin) return;
  throw new LifecycleError('NOT_ALLOWED', 'This needs an admin of the installation.');
}

/** The projects of which somebody is an admin. */
export const adminProjects = (principal: Principal): string[] => [
  ...new Set(principal.roles.filter(({ role }) => role === 'admin').map(({ project }) => project)),
];

/**
 * The project whose roles the caller changes: one of which they are an admin. An admin of the installation is heard in
 * each, so that a project whose only admin has left is not lost.
 */
export function administeredProject(c: Context<ApiEnvironment>): string {
  const principal = c.get('principal');
  const asked = c.req.query('project');
  if (principal.isInstallationAdmin && asked !== undefined) return asked;
  const project = projectOf(c);
  requireRole(principal, project, ADMIN_ROLES);
  return project;
}

/** The project whose roles the caller reads: one in which they have any part. */
export function readableProject(c: Context<ApiEnvironment>): string {
  const asked = c.req.query('project');
  const principal = c.get('principal');
  const isOutside = asked !== undefined && rolesIn(principal, asked).length === 0;
  return isOutside && principal.isInstallationAdmin ? asked : projectOf(c);
}

/** What nobody does to themselves, so that two people at least know of it. */
export function refuseSelf(principal: Principal, id: string, what: string): void {
  if (principal.id !== id) return;
  throw new LifecycleError('NOT_ALLOWED', `Nobody ${what} themselves. Ask another admin.`);
}
