import { eq, sql, type SQL } from 'drizzle-orm';
import type { EventContent } from '../../domain/audit/event-content.js';
import { withDatabaseErrors } from '../database-error.js';
import type { Database } from '../pool.js';
import { outboxCursor } from '../schema/audit.js';
import { EVENT_CONTENT_COLUMNS } from './event-columns.js';

export interface ChainedEvent extends EventContent {
  leafIndex: number;
}

/** Chained events after a leaf (-1: from the first), in their order. */
export const readChained = (db: Database, afterLeafIndex: number, limit: number): Promise<ChainedEvent[]> =>
  withDatabaseErrors(() => selectChained(db, sql`${afterLeafIndex}`, limit));

async function selectChained(db: Database, after: SQL, limit: number): Promise<ChainedEvent[]> {
  const { rows } = await db.execute<ChainedEvent & Record<string, unknown>>(sql`
    select l.leaf_index::float8 as "leafIndex", ${EVENT_CONTENT_COLUMNS}
    from audit_leaf l join audit_event e on e.id = l.event_id
    where l.leaf_index > ${after} order by l.leaf_index limit ${limit}`);
  return rows;
}

/** What a consumer has not dealt with yet. Reading moves nothing: `advance` does, after the work. */
export const readOutbox = (db: Database, consumer: string, limit: number): Promise<ChainedEvent[]> =>
  withDatabaseErrors(async () => {
    const last = sql`coalesce((select leaf_index from outbox_cursor where consumer = ${consumer}), -1)`;
    return selectChained(db, last, limit);
  });

/** Moves a consumer's cursor forward to a leaf that it has dealt with; never back. */
export const advance = (db: Database, consumer: string, leafIndex: number): Promise<void> =>
  withDatabaseErrors(async () => {
    await db.execute(sql`
      insert into outbox_cursor (consumer, leaf_index) values (${consumer}, ${leafIndex})
      on conflict (consumer) do update set leaf_index = excluded.leaf_index, advanced_at = clock_timestamp()
      where outbox_cursor.leaf_index < excluded.leaf_index`);
  });

/** The last leaf that a consumer has dealt with; -1: none. */
export const dealtWith = (db: Database, consumer: string): Promise<number> =>
  withDatabaseErrors(async () => {
    const [cursor] = await db.select().from(outboxCursor).where(eq(outboxCursor.consumer, consumer));
    return cursor?.leafIndex ?? -1;
  });
