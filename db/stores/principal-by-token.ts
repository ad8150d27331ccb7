import { and, eq, isNull, sql } from 'drizzle-orm';
import type { Database } from '../pool.js';
import { apiToken, principal, roleGrant, type PrincipalKind } from '../schema/account.js';
import { clock } from '../schema/columns.js';
import { installationAdmin, type SignInMethod } from '../schema/sign-in.js';

/** Who asks, how they have proved it, and what they may. */
export interface SignedIn {
  id: string;
  kind: PrincipalKind;
  displayName: string;
  isDemo: boolean;
  via: 'token' | 'session';
  /** How: what a signature says of its signer. */
  method: 'token' | SignInMethod;
  /** When the person last proved who they are, in ISO 8601: for a token, when whoever made it did. */
  authenticatedAt: string;
  /** What the identity provider said of how; null where it said nothing. */
  acr: string | null;
  amr: string[];
  tokenId: string | null;
  sessionId: string | null;
  scopes: string[];
  /** Makes projects and people. No role in any project. */
  isInstallationAdmin: boolean;
  /** Held now, by project. */
  roles: { project: string; role: string }[];
}

/** Of a principal that something is joined with, what every way to sign in gives. */
export const PRINCIPAL_COLUMNS = {
  id: principal.id,
  kind: principal.kind,
  displayName: principal.displayName,
  isDemo: principal.isDemo,
  isInstallationAdmin: sql<boolean>`exists (select 1 from ${installationAdmin}
    where ${installationAdmin.principal} = ${principal.id} and ${installationAdmin.revokedAt} is null)`,
};

export async function findByToken(db: Database, sha256: string): Promise<SignedIn | undefined> {
  const { id: tokenId, scopes, authenticatedAt } = apiToken;
  const [holder] = await db
    .select({ ...PRINCIPAL_COLUMNS, tokenId, scopes, authenticatedAt })
    .from(apiToken)
    .innerJoin(principal, eq(principal.id, apiToken.principal))
    .where(
      and(
        eq(apiToken.sha256, sha256),
        isNull(apiToken.revokedAt),
        isNull(principal.deactivatedAt),
        sql`${apiToken.expiresAt} > clock_timestamp()`,
      ),
    );
  if (holder === undefined) return undefined;
  await markUsed(db, holder.tokenId);
  return {
    ...holder,
    via: 'token',
    method: holder.isDemo ? 'demo' : 'token',
    authenticatedAt: provedAt(holder),
    acr: null,
    amr: [],
    sessionId: null,
    roles: await rolesOf(db, holder.id),
  };
}

/** An identity of the demonstration has nothing to prove, whenever it is asked. */
export const provedAt = (one: { isDemo: boolean; authenticatedAt: Date }): string =>
  (one.isDemo ? new Date() : one.authenticatedAt).toISOString();

export const rolesOf = (db: Database, id: string): Promise<SignedIn['roles']> =>
  db
    .select({ project: roleGrant.project, role: roleGrant.role })
    .from(roleGrant)
    .where(and(eq(roleGrant.principal, id), isNull(roleGrant.revokedAt)));

/** Kept to the minute: one write a minute, not one a request. */
async function markUsed(db: Database, tokenId: string): Promise<void> {
  const isStale = sql`(${apiToken.lastUsedAt} is null or ${apiToken.lastUsedAt} < clock_timestamp() - interval '1 minute')`;
  await db
    .update(apiToken)
    .set({ lastUsedAt: clock })
    .where(and(eq(apiToken.id, tokenId), isStale));
}
