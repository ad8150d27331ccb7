import type { PgTransactionConfig } from 'drizzle-orm/pg-core';
import type { Pool } from 'pg';
import type { Database, Transaction } from '../pool.js';

/** The channel on which listeners hear that there are new events. */
export const AUDIT_CHANNEL = 'assay_audit';

/** Announcements are this far apart: the first event is announced at once, those that follow it together. */
const APART_MILLISECONDS = 10;

const eventful = new WeakSet<Transaction>();
const announcers = new WeakMap<Database | Transaction, () => void>();

/** Says that this transaction writes an event; or that a statement has, which was a transaction of its own. */
export function markEventful(by: Database | Transaction): void {
  const announce = announcers.get(by);
  if (announce === undefined) eventful.add(by as Transaction);
  else announce();
}

/**
 * Lets a database announce, after the commit, that there are new events. Not inside the transaction: NOTIFY lets only
 * one transaction of the whole server commit at a time (measured with 8 writers: a third of the throughput). A hint
 * that may be lost, so listeners look by themselves too.
 */
export function announceCommits(db: Database, pool: Pool): { stop(): void } {
  let timer: NodeJS.Timeout | undefined;
  let announcedAt = 0;
  const announce = (): void => {
    timer = undefined;
    announcedAt = Date.now();
    pool.query(`select pg_notify('${AUDIT_CHANNEL}', '')`).catch(() => undefined);
  };
  const announceSoon = (): void => {
    timer ??= setTimeout(announce, Math.max(0, announcedAt + APART_MILLISECONDS - Date.now()));
  };
  announcers.set(db, announceSoon);
  const begin = db.transaction.bind(db);
  db.transaction = async <T>(work: (tx: Transaction) => Promise<T>, config?: PgTransactionConfig): Promise<T> => {
    let isEventful = false;
    const result = await begin(async (tx) => {
      const outcome = await work(tx);
      isEventful = eventful.has(tx);
      return outcome;
    }, config);
    if (isEventful) announceSoon();
    return result;
  };
  return { stop: () => clearTimeout(timer) };
}
