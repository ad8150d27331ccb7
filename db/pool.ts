import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres';
import { Pool, type PoolClient } from 'pg';
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
  giveBackUnbegun(pool);
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

/**
 * drizzle begins a transaction outside of what gives its connection back: of one that breaks as it begins (Postgres was
 * away) it would be lost to the pool, until none is left and the pool never ends.
 */
function giveBackUnbegun(pool: Pool): void {
  const connect = pool.connect.bind(pool) as (...args: unknown[]) => unknown;
  const watched = async (connecting: Promise<PoolClient>): Promise<PoolClient> => {
    const client = await connecting;
    const own = client as { query?: unknown };
    const query = client.query.bind(client) as (...args: unknown[]) => unknown;
    // Of this one use of the connection: only what is asked first.
    own.query = (...args: unknown[]): unknown => {
      delete own.query;
      const answer = query(...args);
      const text = typeof args[0] === 'string' ? args[0] : (args[0] as { text?: string } | undefined)?.text;
      if (text?.startsWith('begin') === true && answer instanceof Promise)
        answer.catch((error: Error) => client.release(error));
      return answer;
    };
    return client;
  };
  pool.connect = ((...args: unknown[]) => {
    const connecting = connect(...args);
    return args.length === 0 ? watched(connecting as Promise<PoolClient>) : connecting;
  }) as Pool['connect'];
}
