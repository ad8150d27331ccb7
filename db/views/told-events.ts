import { sql } from 'drizzle-orm';
import { withDatabaseErrors } from '../database-error.js';
import type { Database } from '../pool.js';

/** What somebody is told of an event at once: that something happened, and to what. */
export interface ToldEvent {
  leafIndex: number;
  project: string | null;
  action: string;
  subject: string;
}

/** The chained events after a leaf, in order. */
export const toldEvents = (db: Database, afterLeafIndex: number, limit: number): Promise<ToldEvent[]> =>
  withDatabaseErrors(async () => {
    const { rows } = await db.execute<ToldEvent & Record<string, unknown>>(sql`
      select l.leaf_index::float8 as "leafIndex", e.project, e.action, e.subject
      from audit_leaf l join audit_event e on e.id = l.event_id
      where l.leaf_index > ${afterLeafIndex} order by l.leaf_index limit ${limit}`);
    return rows;
  });

/** The last leaf of the log; -1 where there is none. */
export const lastLeafIndex = (db: Database): Promise<number> =>
  withDatabaseErrors(async () => {
    const { rows } = await db.execute<{ last: number | null }>(
      sql`select max(leaf_index)::float8 as last from audit_leaf`,
    );
    return rows[0]?.last ?? -1;
  });
