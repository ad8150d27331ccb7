import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../support/postgres.js';

describe('the embedded Postgres', () => {
  let database: TestDatabase;
  const query = async (url: string, text: string) => {
    const client = new Client({ connectionString: url });
    await client.connect();
    return client.query(text).finally(() => client.end());
  };

  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database.drop());

  it('gives every test file a migrated database of its own', async () => {
    const { rows } = await query(database.ownerUrl, 'SELECT count(*)::int AS migrations FROM assay_migration');
    expect(rows[0].migrations).toBeGreaterThan(0);
  });

  it('has an application role that owns nothing and cannot make tables', async () => {
    const owned =
      'SELECT count(*)::int AS n FROM pg_class WHERE relowner = (SELECT oid FROM pg_roles WHERE rolname = $$assay_app$$)';
    expect((await query(database.ownerUrl, owned)).rows[0].n).toBe(0);
    await expect(query(database.appUrl, 'CREATE TABLE mine (id int)')).rejects.toThrow('permission denied');
  });

  it('lets neither role pass the triggers by the replication setting', async () => {
    const set = 'SET session_replication_role = replica';
    await expect(query(database.ownerUrl, set)).rejects.toThrow('permission denied');
    await expect(query(database.appUrl, set)).rejects.toThrow('permission denied');
  });

  it('refuses to drop a database while a test still holds a connection', async () => {
    const other = await createTestDatabase();
    const leaked = new Client({ connectionString: other.appUrl });
    await leaked.connect();
    await expect(other.drop()).rejects.toThrow('is being accessed by other users');
    await leaked.end();
    await other.drop();
  });
});
