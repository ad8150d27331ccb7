import type { SQL } from 'drizzle-orm';
import type { Database, Transaction } from './pool.js';

/** What drizzle has and does not show: a statement of our own under a name. */
interface Inside {
  dialect: { sqlToQuery(query: SQL): object };
  session: {
    prepareQuery(query: object, fields: undefined, name: string, isArrayMode: false): { execute(): Promise<unknown> };
  };
}

/**
 * Executes a statement that Postgres parses and plans once for each connection: for those that every stage needs. The
 * text under a name is always the same.
 */
export async function executePrepared<Row>(on: Database | Transaction, name: string, query: SQL): Promise<Row[]> {
  const { dialect, session } = on as unknown as Inside;
  const prepared = session.prepareQuery(dialect.sqlToQuery(query), undefined, name, false);
  return ((await prepared.execute()) as { rows: Row[] }).rows;
}
