import { asc, desc, gt } from 'drizzle-orm';
import { withDatabaseErrors } from '../database-error.js';
import type { Database } from '../pool.js';
import { auditCheckpoint, auditKey } from '../schema/audit.js';

export type CheckpointRow = typeof auditCheckpoint.$inferSelect;
export type AuditKeyRow = typeof auditKey.$inferSelect;

/** The last checkpoint that was signed; undefined while there is none. */
export const latestCheckpoint = (db: Database): Promise<CheckpointRow | undefined> =>
  withDatabaseErrors(async () => {
    const [last] = await db.select().from(auditCheckpoint).orderBy(desc(auditCheckpoint.size)).limit(1);
    return last;
  });

/** Checkpoints larger than a size, the smallest first. */
export const listCheckpoints = (db: Database, afterSize: number, limit: number): Promise<CheckpointRow[]> =>
  withDatabaseErrors(() =>
    db
      .select()
      .from(auditCheckpoint)
      .where(gt(auditCheckpoint.size, afterSize))
      .orderBy(asc(auditCheckpoint.size))
      .limit(limit),
  );

/** The keys that have signed checkpoints, the latest first. */
export const listAuditKeys = (db: Database): Promise<AuditKeyRow[]> =>
  withDatabaseErrors(() => db.select().from(auditKey).orderBy(desc(auditKey.since)));
