import { and, eq, isNull, sql } from 'drizzle-orm';
import type { Database } from '../pool.js';
import { apiToken, principal, roleGrant, type PrincipalKind, type Role } from '../schema/account.js';
import { clock } from '../schema/columns.js';

export interface SignedIn {
  id: string;
  kind: PrincipalKind;
  displayName: string;
  isDemo: boolean;
  tokenId: string;
  scopes: string[];
  /** Held now, by project. */
  roles: { project: string; role: Role }[];
}

export async function findByToken(db: Database, sha256: string): Promise<SignedIn | undefined> {
  const { id, kind, displayName, isDemo } = principal;
  const [holder] = await db
    .select({ id, kind, displayName, isDemo, tokenId: apiToken.id, scopes: apiToken.scopes })
    .from(apiToken)
    .innerJoin(principal, eq(principal.id, apiToken.principal))
    .where(
      and(eq(apiToken.sha256, sha256), isNull(apiToken.revokedAt), sql`${apiToken.expiresAt} > clock_timestamp()`),
    );
  if (holder === undefined) return undefined;
  await markUsed(db, holder.tokenId);
  const roles = await db
    .select({ project: roleGrant.project, role: roleGrant.role })
    .from(roleGrant)
    .where(and(eq(roleGrant.principal, holder.id), isNull(roleGrant.revokedAt)));
  return { ...holder, roles };
}

/** Kept to the minute: one write a minute, not one a request. */
async function markUsed(db: Database, tokenId: string): Promise<void> {
  const isStale = sql`(${apiToken.lastUsedAt} is null or ${apiToken.lastUsedAt} < clock_timestamp() - interval '1 minute')`;
  await db
    .update(apiToken)
    .set({ lastUsedAt: clock })
    .where(and(eq(apiToken.id, tokenId), isStale));
}
