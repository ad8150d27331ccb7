import { and, eq, isNull, sql } from 'drizzle-orm';
import { LifecycleError } from '../../domain/kernel/errors.js';
import { recordEvent } from '../audit/record-event.js';
import { translated } from '../database-error.js';
import type { Database, Transaction } from '../pool.js';
import { API_SCOPES, apiToken, principal, project, roleGrant, type PrincipalKind } from '../schema/account.js';
import { clock } from '../schema/columns.js';
import { findByToken, type SignedIn } from './principal-by-token.js';

export interface NewToken {
  principal: string;
  /** SHA-256 of the token, 64 hex digits; the token itself is never stored. */
  sha256: string;
  label: string;
  /** Default: all that its holder may do at the api. */
  scopes?: readonly string[];
  expiresAt: Date;
  /** When whoever makes it last proved who they are. Default: now. */
  authenticatedAt?: Date;
}

interface RoleOf {
  principal: string;
  project: string;
  /** A built-in role, or an own one of the project. */
  role: string;
}

/** Who there is and what they may. `by` is the principal who changes it, or the part of Assay that does. */
export interface Accounts {
  ensureProject(id: string, by: string): Promise<void>;
  /** Makes the principal where there is none of this id; one that is there stays as it is. */
  ensurePrincipal(
    one: { id: string; kind: PrincipalKind; displayName: string; isDemo?: boolean },
    by: string,
  ): Promise<void>;
  grantRole(grant: RoleOf, by: string): Promise<void>;
  revokeRole(grant: RoleOf, by: string): Promise<void>;
  /** @throws CONFLICT where this hash is already another token's. */
  createToken(token: NewToken, by: string): Promise<{ tokenId: string }>;
  revokeToken(tokenId: string, by: string): Promise<void>;
  /** Who holds the token of this hash, unless it has expired or was revoked, or they are deactivated. */
  principalByToken(sha256: string): Promise<SignedIn | undefined>;
  /** @throws NOT_FOUND where there is no such principal */
  displayName(id: string): Promise<string>;
  /** The people of the demonstration. */
  demoPeople(): Promise<{ id: string; displayName: string }[]>;
}

export const createAccounts = (db: Database): Accounts =>
  translated<Accounts>({
    ensureProject: (id, by) =>
      db.transaction(async (tx) => {
        const made = await tx.insert(project).values({ id }).onConflictDoNothing().returning();
        if (made.length > 0) await recordEvent(tx, { project: id, actor: by, action: 'project.created', subject: id });
      }),
    ensurePrincipal: (one, by) =>
      db.transaction(async (tx) => {
        const made = await tx.insert(principal).values(one).onConflictDoNothing().returning();
        const details = { kind: one.kind, isDemo: one.isDemo ?? false };
        const event = { project: null, actor: by, action: 'principal.created', subject: one.id } as const;
        if (made.length > 0) await recordEvent(tx, { ...event, details });
      }),
    grantRole: (grant, by) =>
      db.transaction(async (tx) => {
        const [made] = await tx.insert(roleGrant).values(grant).onConflictDoNothing().returning();
        if (made !== undefined) await recordRole(tx, 'role.granted', { ...grant, id: made.id, by });
      }),
    revokeRole: (grant, by) =>
      db.transaction(async (tx) => {
        const [revoked] = await tx
          .update(roleGrant)
          .set({ revokedAt: clock })
          .where(
            and(
              eq(roleGrant.principal, grant.principal),
              eq(roleGrant.project, grant.project),
              eq(roleGrant.role, grant.role),
              isNull(roleGrant.revokedAt),
            ),
          )
          .returning({ id: roleGrant.id });
        if (revoked !== undefined) await recordRole(tx, 'role.revoked', { ...grant, id: revoked.id, by });
      }),
    createToken: (token, by) => db.transaction((tx) => insertToken(tx, token, by)),
    revokeToken: (tokenId, by) =>
      db.transaction(async (tx) => {
        const [revoked] = await tx
          .update(apiToken)
          .set({ revokedAt: clock })
          .where(and(eq(apiToken.id, tokenId), isNull(apiToken.revokedAt)))
          .returning({ principal: apiToken.principal });
        const event = { project: null, actor: by, action: 'token.revoked', subject: tokenId } as const;
        if (revoked !== undefined) await recordEvent(tx, { ...event, details: { principal: revoked.principal } });
      }),
    principalByToken: (sha256) => findByToken(db, sha256),
    displayName: async (id) => {
      const [known] = await db.select({ name: principal.displayName }).from(principal).where(eq(principal.id, id));
      if (known === undefined) throw new LifecycleError('NOT_FOUND', `There is no principal ${id}.`);
      return known.name;
    },
    demoPeople: () =>
      db
        .select({ id: principal.id, displayName: principal.displayName })
        .from(principal)
        .where(and(eq(principal.isDemo, true), eq(principal.kind, 'person'), isNull(principal.deactivatedAt)))
        .orderBy(principal.id),
  });

async function insertToken(tx: Transaction, token: NewToken, by: string): Promise<{ tokenId: string }> {
  const [made] = await tx
    .insert(apiToken)
    .values({ ...token, scopes: [...(token.scopes ?? API_SCOPES)] })
    .onConflictDoNothing({ target: apiToken.sha256 })
    .returning({ id: apiToken.id });
  const id = made?.id ?? (await sameToken(tx, token));
  const { label, scopes = API_SCOPES } = token;
  const details = { principal: token.principal, label, scopes: [...scopes], expiresAt: token.expiresAt.toISOString() };
  const event = { project: null, actor: by, action: 'token.created', subject: id } as const;
  await recordEvent(tx, { ...event, details });
  return { tokenId: id };
}

async function sameToken(tx: Transaction, token: NewToken): Promise<string> {
  const isSame = and(eq(apiToken.sha256, token.sha256), eq(apiToken.principal, token.principal));
  const [known] = await tx
    .select({ id: apiToken.id })
    .from(apiToken)
    .where(and(isSame, sql`${apiToken.revokedAt} is null`));
  if (known === undefined) throw new LifecycleError('CONFLICT', 'This token is already in use or was revoked.');
  return known.id;
}

const recordRole = (
  tx: Transaction,
  action: 'role.granted' | 'role.revoked',
  grant: RoleOf & { id: number; by: string },
): Promise<boolean> =>
  recordEvent(tx, {
    project: grant.project,
    actor: grant.by,
    action,
    subject: grant.principal,
    details: { role: grant.role },
    key: String(grant.id),
  });
