import { randomUUID } from 'node:crypto';
import { and, eq, isNotNull, isNull } from 'drizzle-orm';
import { LifecycleError } from '../../domain/kernel/errors.js';
import { recordEvent } from '../audit/record-event.js';
import { translated } from '../database-error.js';
import type { Database, Transaction } from '../pool.js';
import { apiToken, principal, roleGrant, type PrincipalKind } from '../schema/account.js';
import { clock } from '../schema/columns.js';
import { installationAdmin, principalEmail, session } from '../schema/sign-in.js';
import { revokeAdmin } from './installation-admins.js';
import { endSessions } from './sessions.js';

export interface NewPrincipal {
  id: string;
  kind: PrincipalKind;
  displayName: string;
  /** The verified address by which an identity provider's person is this one, at their first sign-in. */
  email?: string | undefined;
}

export interface PrincipalLine {
  id: string;
  kind: PrincipalKind;
  displayName: string;
  isDemo: boolean;
  isInstallationAdmin: boolean;
  deactivatedAt: Date | null;
  roles: { project: string; role: string }[];
}

export interface People {
  list(): Promise<PrincipalLine[]>;
  find(id: string): Promise<Pick<PrincipalLine, 'id' | 'kind' | 'deactivatedAt'> | undefined>;
  /** @throws CONFLICT where there is such a principal, or the address is another's */
  create(one: NewPrincipal, by: string): Promise<void>;
  /** Ends at once all that they could do: roles, tokens, sessions. @throws CONFLICT for the last admin */
  deactivate(id: string, by: string): Promise<void>;
  /** They may sign in again; roles are granted anew. */
  reactivate(id: string, by: string): Promise<void>;
}

/** A list is one answer; an installation with more people than this uses an identity provider's. */
const MOST_LISTED = 1000;

export const createPeople = (db: Database): People =>
  translated<People>({
    list: () => listPeople(db),
    find: async (id) => {
      const { kind, deactivatedAt } = principal;
      const [found] = await db
        .select({ id: principal.id, kind, deactivatedAt })
        .from(principal)
        .where(eq(principal.id, id));
      return found;
    },
    create: ({ email, ...one }, by) =>
      db.transaction(async (tx) => {
        const made = await tx.insert(principal).values(one).onConflictDoNothing().returning({ id: principal.id });
        if (made.length === 0) throw new LifecycleError('CONFLICT', `There is already a principal ${one.id}.`);
        const event = { project: null, actor: by, action: 'principal.created', subject: one.id } as const;
        await recordEvent(tx, { ...event, details: { kind: one.kind, isDemo: false } });
        if (email !== undefined) await prepareEmail(tx, one.id, email);
      }),
    deactivate: (id, by) => db.transaction((tx) => deactivate(tx, id, by)),
    reactivate: (id, by) =>
      db.transaction(async (tx) => {
        const isOff = and(eq(principal.id, id), isNotNull(principal.deactivatedAt));
        const changed = await tx.update(principal).set({ deactivatedAt: null }).where(isOff).returning();
        if (changed.length > 0) await recordAbout(tx, { action: 'principal.reactivated', subject: id, by });
      }),
  });

async function prepareEmail(tx: Transaction, id: string, email: string): Promise<void> {
  const made = await tx
    .insert(principalEmail)
    .values({ email: email.toLowerCase(), principal: id })
    .onConflictDoNothing()
    .returning({ email: principalEmail.email });
  if (made.length === 0) throw new LifecycleError('CONFLICT', 'This address is prepared for another principal.');
}

async function listPeople(db: Database): Promise<PrincipalLine[]> {
  const { id, kind, displayName, isDemo, deactivatedAt } = principal;
  const found = await db
    .select({ id, kind, displayName, isDemo, deactivatedAt })
    .from(principal)
    .orderBy(id)
    .limit(MOST_LISTED);
  const grants = await db
    .select({ principal: roleGrant.principal, project: roleGrant.project, role: roleGrant.role })
    .from(roleGrant)
    .where(isNull(roleGrant.revokedAt))
    .orderBy(roleGrant.project, roleGrant.role);
  const admins = await db
    .select({ id: installationAdmin.principal })
    .from(installationAdmin)
    .where(isNull(installationAdmin.revokedAt));
  const isAdmin = new Set(admins.map((admin) => admin.id));
  const byHolder = new Map<string, PrincipalLine['roles']>();
  for (const { principal: holder, ...role } of grants) byHolder.set(holder, [...(byHolder.get(holder) ?? []), role]);
  return found.map((one) => ({
    ...one,
    isInstallationAdmin: isAdmin.has(one.id),
    roles: byHolder.get(one.id) ?? [],
  }));
}

async function deactivate(tx: Transaction, id: string, by: string): Promise<void> {
  const isOn = and(eq(principal.id, id), isNull(principal.deactivatedAt));
  await revokeAdmin(tx, id, by);
  const changed = await tx.update(principal).set({ deactivatedAt: clock }).where(isOn).returning();
  if (changed.length === 0) return;
  await recordAbout(tx, { action: 'principal.deactivated', subject: id, by });
  const roles = await tx
    .update(roleGrant)
    .set({ revokedAt: clock })
    .where(and(eq(roleGrant.principal, id), isNull(roleGrant.revokedAt)))
    .returning({ id: roleGrant.id, project: roleGrant.project, role: roleGrant.role });
  for (const { id: grant, project, role } of roles)
    await recordEvent(tx, {
      project,
      actor: by,
      action: 'role.revoked',
      subject: id,
      details: { role },
      key: String(grant),
    });
  const tokens = await tx
    .update(apiToken)
    .set({ revokedAt: clock })
    .where(and(eq(apiToken.principal, id), isNull(apiToken.revokedAt)))
    .returning({ id: apiToken.id });
  for (const token of tokens)
    await recordEvent(tx, {
      project: null,
      actor: by,
      action: 'token.revoked',
      subject: token.id,
      details: { principal: id },
    });
  await endSessions(tx, eq(session.principal, id), by);
}

/** Something that may happen to one principal more than once. */
const recordAbout = (
  tx: Transaction,
  { by, ...event }: { action: 'principal.deactivated' | 'principal.reactivated'; subject: string; by: string },
): Promise<boolean> => recordEvent(tx, { project: null, actor: by, ...event, key: randomUUID() });
