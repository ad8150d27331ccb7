import { createHash } from 'node:crypto';
import { eq, sql } from 'drizzle-orm';
import { translated } from '../database-error.js';
import type { Database } from '../pool.js';
import { signInPace } from '../schema/sign-in.js';

/** So many tries of one thing in one window. */
export interface PaceLimit {
  /** What is tried, e.g. an account from an address; only its digest is kept. */
  what: readonly string[];
  most: number;
  windowSeconds: number;
}

export interface SignInPace {
  /**
   * Counts a try before it is judged, so that tries at the same moment, at whichever api process, all count.
   * @returns seconds to wait where it is one too many
   */
  take(limits: readonly PaceLimit[]): Promise<number | undefined>;
  /** The try was a good one: it no longer counts. */
  forget(limits: readonly PaceLimit[]): Promise<void>;
}

export const createSignInPace = (db: Database): SignInPace =>
  translated<SignInPace>({
    take: async (limits) => {
      const waits = [];
      for (const limit of limits) waits.push(await takeOne(db, limit));
      const longest = Math.max(...waits);
      return longest > 0 ? longest : undefined;
    },
    forget: async (limits) => {
      for (const limit of limits)
        await db
          .update(signInPace)
          .set({ tries: sql`greatest(${signInPace.tries} - 1, 0)` })
          .where(eq(signInPace.key, keyOf(limit)));
    },
  });

const keyOf = ({ what }: PaceLimit): string => createHash('sha256').update(JSON.stringify(what)).digest('hex');

async function takeOne(db: Database, limit: PaceLimit): Promise<number> {
  const until = sql`clock_timestamp() + make_interval(secs => ${limit.windowSeconds})`;
  const isOver = sql`${signInPace.until} < clock_timestamp()`;
  const [row] = await db
    .insert(signInPace)
    .values({ key: keyOf(limit), tries: 1, until })
    .onConflictDoUpdate({
      target: signInPace.key,
      set: {
        tries: sql`case when ${isOver} then 1 else ${signInPace.tries} + 1 end`,
        until: sql`case when ${isOver} then ${until} else ${signInPace.until} end`,
      },
    })
    .returning({
      tries: signInPace.tries,
      seconds: sql<number>`ceil(extract(epoch from ${signInPace.until} - clock_timestamp()))::int`,
    });
  return row !== undefined && row.tries > limit.most ? Math.max(row.seconds, 1) : 0;
}
