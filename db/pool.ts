import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres';
import { Pool } from 'pg';
import { announceCommits } from './audit/announce.js';

export type Database = NodePgDatabase;
export type Transaction = Parameters<Parameters<Database['transaction']>[0]>[0];

export interface OpenDatabase {
  db: Database;
  pool: Pool;
  close(): Promise<void>;
}

export interface DatabaseOptions {
  applicationName?: string;
  maxConnections?: number;
  /** Hears of connections that broke while idle (a restart of Postgres); the pool replaces them by itself. */
  onConnectionError?: (error: Error) => void;
}

/** Opens a pool. It connects when first asked and outlives restarts of Postgres. */
export function createDatabase(url: string, options: DatabaseOptions = {}): OpenDatabase {
  const pool = new Pool({
    connectionString: url,
    application_name: options.applicationName ?? 'assay',
    max: options.maxConnections ?? 10,
    connectionTimeoutMillis: 10_000,
    idleTimeoutMillis: 30_000,
    keepAlive: true,
    statement_timeout: 30_000,
    idle_in_transaction_session_timeout: 30_000,
    query_timeout: 35_000,
  });
  // Without a listener, an idle connection that breaks would end the process.
  pool.on('error', (error) => options.onConnectionError?.(error));
  // The same for one that breaks between two statements of a transaction; its next statement fails.
  pool.on('connect', (client) => client.on('error', () => undefined));
  const db = drizzle({ client: pool });
  const announcer = announceCommits(db, pool);
  return {
    db,
    pool,
    async close() {
      announcer.stop();
      await pool.end();
    },
  };
}
