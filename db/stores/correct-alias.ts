import { and, eq, sql } from 'drizzle-orm';
import { LifecycleError } from '../../domain/kernel/errors.js';
import { recordEvent } from '../audit/record-event.js';
import { withDatabaseErrors } from '../database-error.js';
import type { Database } from '../pool.js';
import { aliasCorrection, aliasMove } from '../schema/alias.js';

export interface NewCorrection {
  project: string;
  alias: string;
  /** Of the move. */
  revision: number;
  /** ISO 8601: since when it was so in truth; null: never. */
  effectiveAt: string | null;
  reason: string;
  /** A principal's id. */
  by: string;
}

export type AliasCorrection = typeof aliasCorrection.$inferSelect;

/**
 * Says since when a move was so in truth, beside what was on file until now.
 * @throws NOT_FOUND where there is no such move; NOT_ALLOWED for a moment that has not come
 */
export const correctAlias = (db: Database, asked: NewCorrection): Promise<AliasCorrection> =>
  withDatabaseErrors(() =>
    db.transaction(async (tx) => {
      const { project, alias, revision, effectiveAt, reason, by } = asked;
      const isIt = and(eq(aliasMove.project, project), eq(aliasMove.alias, alias), eq(aliasMove.revision, revision));
      const [move] = await tx.select({ id: aliasMove.id }).from(aliasMove).where(isIt);
      if (move === undefined)
        throw new LifecycleError('NOT_FOUND', `The alias ${alias} has no move with the revision ${revision}.`);
      // As text: Postgres keeps microseconds, a Date does not.
      const since = effectiveAt === null ? null : sql`${effectiveAt}::timestamptz`;
      const values = { project, alias, revision, effectiveAt: since, principal: by, reason };
      const [made] = await tx.insert(aliasCorrection).values(values).returning();
      if (made === undefined) throw new LifecycleError('INTERNAL', 'Postgres stored a row and named none.');
      const details = { revision, effectiveAt, correction: made.id };
      await recordEvent(tx, {
        project,
        actor: by,
        action: 'alias.corrected',
        subject: alias,
        details,
        key: `${made.id}`,
      });
      return made;
    }),
  );
