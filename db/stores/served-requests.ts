import { sql } from 'drizzle-orm';
import type { ServedOutcome } from '../../domain/kernel/states.js';
import { translated } from '../database-error.js';
import type { Database, Transaction } from '../pool.js';
import { servedRequest } from '../schema/traffic.js';

/** One request as the gateway saw it; `maskedInput` holds no personal data; `output` is empty where none came. */
export interface ServedRequest {
  id: string;
  /** ISO 8601. */
  at: string;
  project: string;
  alias: string;
  versionId: string;
  itemKey: string | null;
  maskedInput: string;
  output: string;
  promptTokens: number;
  completionTokens: number;
  latencyMilliseconds: number;
  outcome: ServedOutcome;
}

export interface ServedRequests {
  /** Stores a batch; a request that is there already is left. @returns how many are new. */
  recordServed(batch: readonly ServedRequest[]): Promise<number>;
  /** Makes the partitions of today and of so many days ahead. @returns how many were made. */
  ensurePartitions(daysAhead: number): Promise<number>;
}

export const createServedRequests = (db: Database): ServedRequests =>
  translated<ServedRequests>({
    recordServed: (batch) => db.transaction((tx) => insertBatch(tx, batch)),
    async ensurePartitions(daysAhead) {
      const { rows } = await db.execute<{ made: number }>(sql`select assay_ensure_partitions(${daysAhead}) as made`);
      return rows[0]?.made ?? 0;
    },
  });

const CHUNK = 500;

async function insertBatch(tx: Transaction, batch: readonly ServedRequest[]): Promise<number> {
  await lockAliases(tx, batch);
  let stored = 0;
  for (let start = 0; start < batch.length; start += CHUNK) {
    const rows = batch.slice(start, start + CHUNK).map((request) => {
      const at = new Date(request.at);
      return { ...request, at, day: at.toISOString().slice(0, 10) };
    });
    const inserted = await tx
      .insert(servedRequest)
      .values(rows)
      .onConflictDoNothing()
      .returning({ id: servedRequest.id });
    stored += inserted.length;
  }
  return stored;
}

/** One writer per alias until commit, so that numbers are in the order of commits and no reader's cursor skips one. */
async function lockAliases(tx: Transaction, batch: readonly ServedRequest[]): Promise<void> {
  const names = [...new Set(batch.map(({ project, alias }) => `served/${project}/${alias}`))].sort();
  for (const name of names) await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${name}, 0))`);
}
