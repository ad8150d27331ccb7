import { and, eq, isNull } from 'drizzle-orm';
import { LifecycleError } from '../../domain/kernel/errors.js';
import { recordEvent } from '../audit/record-event.js';
import { translated } from '../database-error.js';
import type { Database } from '../pool.js';
import { project, roleGrant, ROLES } from '../schema/account.js';
import { ownRole } from '../schema/sign-in.js';
import { createAccounts } from './accounts.js';

export interface ProjectRoles {
  /** All projects, by name. */
  projects(): Promise<string[]>;
  /** Makes a project whose admin and first author is whoever makes it. @throws CONFLICT where there is one */
  createProject(id: string, by: string): Promise<void>;
  own(project: string): Promise<{ name: string; meaning: string }[]>;
  holders(project: string): Promise<{ principal: string; role: string; grantedAt: Date }[]>;
  /** A role stays, and means what it meant: policies name it. @throws CONFLICT for one that is there with another meaning */
  declare(role: { project: string; name: string; meaning: string }, by: string): Promise<void>;
}

const MOST_LISTED = 1000;
/** What the maker of a project is in it: who may grant roles to others, and start its first run. */
const MAKER_ROLES = ['admin', 'author'] as const;

export const createProjectRoles = (db: Database): ProjectRoles =>
  translated<ProjectRoles>({
    projects: async () => {
      const found = await db.select({ id: project.id }).from(project).orderBy(project.id).limit(MOST_LISTED);
      return found.map(({ id }) => id);
    },
    createProject: (id, by) =>
      db.transaction(async (tx) => {
        const made = await tx.insert(project).values({ id }).onConflictDoNothing().returning();
        if (made.length === 0) throw new LifecycleError('CONFLICT', `There is already a project ${id}.`);
        await recordEvent(tx, { project: id, actor: by, action: 'project.created', subject: id });
        const accounts = createAccounts(tx);
        for (const role of MAKER_ROLES) await accounts.grantRole({ principal: by, project: id, role }, by);
      }),
    own: (of) =>
      db
        .select({ name: ownRole.name, meaning: ownRole.meaning })
        .from(ownRole)
        .where(eq(ownRole.project, of))
        .orderBy(ownRole.name)
        .limit(MOST_LISTED),
    holders: (of) =>
      db
        .select({ principal: roleGrant.principal, role: roleGrant.role, grantedAt: roleGrant.grantedAt })
        .from(roleGrant)
        .where(and(eq(roleGrant.project, of), isNull(roleGrant.revokedAt)))
        .orderBy(roleGrant.role, roleGrant.principal)
        .limit(MOST_LISTED),
    declare: (role, by) =>
      db.transaction(async (tx) => {
        if (ROLES.some((built) => built === role.name))
          throw new LifecycleError('CONFLICT', `${role.name} is a role that every project has.`);
        const made = await tx
          .insert(ownRole)
          .values({ ...role, declaredBy: by })
          .onConflictDoNothing()
          .returning();
        if (made.length === 0) return requireSameMeaning(tx, role);
        const event = { project: role.project, actor: by, action: 'role.declared', subject: role.name } as const;
        await recordEvent(tx, { ...event, key: `${role.project}/${role.name}` });
      }),
  });

async function requireSameMeaning(
  tx: Pick<Database, 'select'>,
  role: { project: string; name: string; meaning: string },
): Promise<void> {
  const isIt = and(eq(ownRole.project, role.project), eq(ownRole.name, role.name));
  const [known] = await tx.select({ meaning: ownRole.meaning }).from(ownRole).where(isIt);
  if (known?.meaning === role.meaning) return;
  throw new LifecycleError(
    'CONFLICT',
    `${role.project} already has a role ${role.name}, which means: ${known?.meaning}.`,
  );
}
