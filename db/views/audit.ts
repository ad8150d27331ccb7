import { sql } from 'drizzle-orm';
import type { EventContent } from '../../domain/audit/event-content.js';
import { EVENT_CONTENT_COLUMNS } from '../audit/event-columns.js';
import { withDatabaseErrors } from '../database-error.js';
import type { Database } from '../pool.js';

/** One chained event, with the hash of its leaf as it was stored: 64 hex digits. */
export interface AuditLine extends EventContent {
  leafIndex: number;
  leafHash: string;
}

/** The log in leaf order after a leaf (-1: from the first). */
export const listAudit = (db: Database, afterLeafIndex: number, limit: number): Promise<AuditLine[]> =>
  withDatabaseErrors(async () => {
    const { rows } = await db.execute<AuditLine & Record<string, unknown>>(sql`
      select l.leaf_index::float8 as "leafIndex", encode(l.leaf_hash, 'hex') as "leafHash", ${EVENT_CONTENT_COLUMNS}
      from audit_leaf l join audit_event e on e.id = l.event_id
      where l.leaf_index > ${afterLeafIndex} order by l.leaf_index limit ${limit}`);
    return rows;
  });
