import { randomBytes } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { Client } from 'pg';
import { inject } from 'vitest';
import { createDatabase as createPool, type Database } from '../../db/pool.js';
import { withDatabase } from './test-servers.js';

export interface TestDatabase {
  /** Role `assay_owner`. */
  readonly ownerUrl: string;
  /** Role `assay_app`. */
  readonly appUrl: string;
  /** Role `assay_api`. */
  readonly apiUrl: string;
  /** Fails while a connection is open: a test that leaks its pool fails here. */
  drop(): Promise<void>;
}

const ID_BYTES = 6;

/**
 * A database of its own for a test file, with the schema migrated. Call it in `beforeAll`, and `drop` in `afterAll`
 * after the pools were closed.
 */
export async function createTestDatabase(): Promise<TestDatabase> {
  const { template } = inject('postgres');
  return createDatabase(` TEMPLATE ${template}`);
}

/** An empty one: for tests of the migrations themselves. */
export const createEmptyDatabase = (): Promise<TestDatabase> => createDatabase('');

async function createDatabase(from: string): Promise<TestDatabase> {
  const { superuserUrl, ownerUrl, appUrl, apiUrl } = inject('postgres');
  const name = `test_${randomBytes(ID_BYTES).toString('hex')}`;
  await asSuperuser(superuserUrl, `CREATE DATABASE ${name} OWNER assay_owner${from}`);
  return {
    ownerUrl: withDatabase(ownerUrl, name),
    appUrl: withDatabase(appUrl, name),
    apiUrl: withDatabase(apiUrl, name),
    drop: () => asSuperuser(superuserUrl, `DROP DATABASE ${name}`),
  };
}

/** Does something as the owner of this database, who alone changes accounts, over a connection of its own. */
export async function asOwner<T>(db: Database, work: (owner: Database) => Promise<T>): Promise<T> {
  const { rows } = await db.execute<{ name: string }>(sql`select current_database() as name`);
  const opened = createPool(withDatabase(inject('postgres').ownerUrl, rows[0]?.name ?? ''));
  try {
    return await work(opened.db);
  } finally {
    await opened.close();
  }
}

async function asSuperuser(url: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
