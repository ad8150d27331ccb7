import { randomUUID } from 'node:crypto';
import { and, eq, isNull } from 'drizzle-orm';
import { recordEvent } from '../audit/record-event.js';
import { translated } from '../database-error.js';
import type { Database, Transaction } from '../pool.js';
import { principal } from '../schema/account.js';
import { clock } from '../schema/columns.js';
import { localPassword, session } from '../schema/sign-in.js';
import { endSessions, insertSession, type NewSession } from './sessions.js';

export interface LocalPasswords {
  /** The hash (PHC) of the person's password, unless they have none or are deactivated. */
  hashOf(principalId: string): Promise<string | undefined>;
  /** Sets the password, ends every session that there is, and begins a new one. */
  change(hash: string, next: NewSession): Promise<{ sessionId: string }>;
  /** Audits that a sign-in failed: whose, where the account is known; never what was typed. */
  recordFailure(principalId: string | undefined, reason: string): Promise<void>;
}

/** What the audit log calls an account that does not exist: what was typed may be a password. */
const UNKNOWN = 'unknown';
const API_ACTOR = 'assay-api';

export const createLocalPasswords = (db: Database): LocalPasswords =>
  translated<LocalPasswords>({
    hashOf: async (principalId) => {
      const [known] = await db
        .select({ hash: localPassword.hash })
        .from(localPassword)
        .innerJoin(principal, eq(principal.id, localPassword.principal))
        .where(and(eq(localPassword.principal, principalId), isNull(principal.deactivatedAt)));
      return known?.hash;
    },
    change: (hash, next) =>
      db.transaction(async (tx) => {
        await setPassword(tx, { principal: next.principal, hash, by: next.principal });
        return insertSession(tx, next);
      }),
    recordFailure: (principalId, reason) =>
      db.transaction(async (tx) => {
        const event = { project: null, actor: API_ACTOR, action: 'sign-in.failed', key: randomUUID() } as const;
        await recordEvent(tx, { ...event, subject: principalId ?? UNKNOWN, details: { reason } });
      }),
  });

/** Another password ends what was begun with the last one. */
export async function setPassword(
  tx: Transaction,
  one: { principal: string; hash: string; by: string },
): Promise<void> {
  const { hash, by } = one;
  await tx
    .insert(localPassword)
    .values({ principal: one.principal, hash })
    .onConflictDoUpdate({ target: localPassword.principal, set: { hash, setAt: clock } });
  const event = { project: null, actor: by, action: 'password.set', key: randomUUID() } as const;
  await recordEvent(tx, { ...event, subject: one.principal });
  await endSessions(tx, eq(session.principal, one.principal), by);
}
