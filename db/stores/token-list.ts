import { and, desc, eq, isNull, sql } from 'drizzle-orm';
import { translated } from '../database-error.js';
import type { Database } from '../pool.js';
import { apiToken } from '../schema/account.js';

export interface TokenLine {
  id: string;
  principal: string;
  label: string;
  scopes: string[];
  createdAt: Date;
  expiresAt: Date;
  lastUsedAt: Date | null;
}

/** Tokens that count now; what each is, is known by its hash alone. */
export interface TokenList {
  of(principal: string): Promise<TokenLine[]>;
  find(id: string): Promise<TokenLine | undefined>;
  /** So long after now by the database's clock, which also says when a token has expired. */
  endAfter(milliseconds: number): Promise<Date>;
}

/** More than anybody needs; what is listed is all that there is. */
export const MOST_TOKENS = 100;

export const createTokenList = (db: Database): TokenList => {
  const { id, principal, label, scopes, createdAt, expiresAt, lastUsedAt } = apiToken;
  const columns = { id, principal, label, scopes, createdAt, expiresAt, lastUsedAt };
  const counts = and(isNull(apiToken.revokedAt), sql`${apiToken.expiresAt} > clock_timestamp()`);
  return translated<TokenList>({
    of: (holder) =>
      db
        .select(columns)
        .from(apiToken)
        .where(and(eq(principal, holder), counts))
        .orderBy(desc(createdAt))
        .limit(MOST_TOKENS),
    find: async (wanted) => {
      const [found] = await db
        .select(columns)
        .from(apiToken)
        .where(and(eq(id, wanted), counts));
      return found;
    },
    async endAfter(milliseconds) {
      const { rows } = await db.execute<{ now: Date }>(sql`select clock_timestamp() as now`);
      return new Date(new Date(rows[0]?.now ?? 0).getTime() + milliseconds);
    },
  });
};
