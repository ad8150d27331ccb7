import type { PgTransactionConfig } from 'drizzle-orm/pg-core';
import type { Pool } from 'pg';
import type { Database, Transaction } from '../pool.js';

/** The channel on which listeners hear that there are new events. */
export const AUDIT_CHANNEL = 'assay_audit';

/** Events that follow each other within this time are announced together. */
const GATHER_MILLISECONDS = 10;

const eventful = new WeakSet<Transaction>();

/** Says that this transaction writes an event. */
export const markEventful = (tx: Transaction): void => void eventful.add(tx);

/**
 * Lets a database announce, after the commit, that there are new events. Not inside the transaction: NOTIFY lets only
 * one transaction of the whole server commit at a time (measured with 8 writers: a third of the throughput). A hint
 * that may be lost, so listeners look by themselves too.
 */
export function announceCommits(db: Database, pool: Pool): { stop(): void } {
  let timer: NodeJS.Timeout | undefined;
  const announce = (): void => {
    timer = undefined;
    pool.query(`select pg_notify('${AUDIT_CHANNEL}', '')`).catch(() => undefined);
  };
  const begin = db.transaction.bind(db);
  db.transaction = async <T>(work: (tx: Transaction) => Promise<T>, config?: PgTransactionConfig): Promise<T> => {
    let isEventful = false;
    const result = await begin(async (tx) => {
      const outcome = await work(tx);
      isEventful = eventful.has(tx);
      return outcome;
    }, config);
    if (isEventful) timer ??= setTimeout(announce, GATHER_MILLISECONDS);
    return result;
  };
  return { stop: () => clearTimeout(timer) };
}
