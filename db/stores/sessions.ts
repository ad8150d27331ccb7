import { and, desc, eq, isNull, sql, type SQL } from 'drizzle-orm';
import { LifecycleError } from '../../domain/kernel/errors.js';
import { recordEvent } from '../audit/record-event.js';
import { translated, withDatabaseErrors } from '../database-error.js';
import type { Database, Transaction } from '../pool.js';
import { API_SCOPES, apiToken, principal } from '../schema/account.js';
import { clock } from '../schema/columns.js';
import { session, type SignInMethod } from '../schema/sign-in.js';
import { PRINCIPAL_COLUMNS, provedAt, rolesOf, type SignedIn } from './principal-by-token.js';

/** A session that is not used for so long is over; the database ends each after 12 hours (`0024_identity.sql`). */
const IDLE = sql`interval '30 minutes'`;
const ABSOLUTE = sql`interval '12 hours'`;

export interface NewSession {
  principal: string;
  /** SHA-256 of the id that the browser is given, 64 hex digits; the id itself is never stored. */
  sha256: string;
  method: SignInMethod;
  /** Default: now. */
  authenticatedAt?: Date;
  acr?: string | null;
  amr?: string[];
}

export interface SessionLine {
  id: string;
  method: SignInMethod;
  createdAt: Date;
  lastUsedAt: Date;
  expiresAt: Date;
}

export interface Sessions {
  create(one: NewSession): Promise<{ sessionId: string }>;
  /** Whose session this is, unless it is over, or they are deactivated. Asking keeps it from becoming idle. */
  principalBySession(sha256: string): Promise<SignedIn | undefined>;
  /** Whether this is the hash of a token or session of somebody who was deactivated. */
  isOfDeactivated(sha256: string): Promise<boolean>;
  /** Those that go on, the latest first. */
  list(principalId: string): Promise<SessionLine[]>;
  /** Ends a session of this principal; one that is over stays over. @throws NOT_FOUND where they have no such session */
  end(id: string, principalId: string): Promise<void>;
  /** Ends the session of this hash, if there is one. */
  endByHash(sha256: string): Promise<void>;
}

export const createSessions = (db: Database): Sessions =>
  translated<Sessions>({
    create: (one) => db.transaction((tx) => insertSession(tx, one)),
    principalBySession: (sha256) => findBySession(db, sha256),
    isOfDeactivated: async (sha256) => {
      const { rows } = await db.execute(sql`
        select 1 from ${principal} where ${principal.deactivatedAt} is not null and ${principal.id} in (
          select ${apiToken.principal} from ${apiToken} where ${apiToken.sha256} = ${sha256} union all
          select ${session.principal} from ${session} where ${session.sha256} = ${sha256})`);
      return rows.length > 0;
    },
    list: (principalId) => {
      const { id, method, createdAt, lastUsedAt, expiresAt } = session;
      return db
        .select({ id, method, createdAt, lastUsedAt, expiresAt })
        .from(session)
        .where(and(eq(session.principal, principalId), isAlive))
        .orderBy(desc(session.createdAt))
        .limit(100);
    },
    end: (id, principalId) =>
      db.transaction(async (tx) => {
        const own = and(eq(session.id, id), eq(session.principal, principalId));
        const [known] = await tx.select({ id: session.id }).from(session).where(own);
        if (known === undefined) throw new LifecycleError('NOT_FOUND', `You have no session ${id}.`);
        await endSessions(tx, eq(session.id, id), principalId);
      }),
    endByHash: (sha256) => db.transaction((tx) => endSessions(tx, eq(session.sha256, sha256))),
  });

const isAlive = and(
  isNull(session.endedAt),
  sql`${session.expiresAt} > clock_timestamp()`,
  sql`${session.lastUsedAt} > clock_timestamp() - ${IDLE}`,
);

/** The database bounds how long it lives, and refuses one for somebody who is deactivated. */
export async function insertSession(tx: Transaction, one: NewSession): Promise<{ sessionId: string }> {
  const [made] = await tx
    .insert(session)
    .values({ ...one, expiresAt: sql`clock_timestamp() + ${ABSOLUTE}` })
    .returning({ id: session.id });
  if (made === undefined) throw new TypeError('a session was not made');
  const event = { project: null, actor: one.principal, action: 'session.created', subject: made.id } as const;
  await recordEvent(tx, { ...event, details: { method: one.method } });
  return { sessionId: made.id };
}

/** Ends those of these that go on. `by`: who does, unless it is their owner. */
export async function endSessions(tx: Transaction, which: SQL | undefined, by?: string): Promise<void> {
  const ended = await tx
    .update(session)
    .set({ endedAt: clock })
    .where(and(which, isNull(session.endedAt)))
    .returning({ id: session.id, owner: session.principal });
  for (const { id, owner } of ended)
    await recordEvent(tx, { project: null, actor: by ?? owner, action: 'session.ended', subject: id });
}

async function findBySession(db: Database, sha256: string): Promise<SignedIn | undefined> {
  const { id: sessionId, method, acr, amr, authenticatedAt } = session;
  const [holder] = await db
    .select({ ...PRINCIPAL_COLUMNS, sessionId, method, acr, amr, authenticatedAt })
    .from(session)
    .innerJoin(principal, eq(principal.id, session.principal))
    .where(and(eq(session.sha256, sha256), isNull(principal.deactivatedAt), isAlive));
  if (holder === undefined) return undefined;
  await markUsed(db, holder.sessionId);
  return {
    ...holder,
    via: 'session',
    authenticatedAt: provedAt(holder),
    tokenId: null,
    scopes: [...API_SCOPES],
    roles: await rolesOf(db, holder.id),
  };
}

/** Kept to the minute: one write a minute, not one a request. */
async function markUsed(db: Database, id: string): Promise<void> {
  const isStale = sql`${session.lastUsedAt} < clock_timestamp() - interval '1 minute'`;
  await db
    .update(session)
    .set({ lastUsedAt: clock })
    .where(and(eq(session.id, id), isNull(session.endedAt), isStale));
}

/** Forgets sessions and codes that were over for a month, and tries that no longer count. The audit log keeps them. */
export const forgetSignIns = (db: Database): Promise<void> =>
  withDatabaseErrors(async () => {
    await db.execute(sql`select assay_forget_sign_ins()`);
  });
