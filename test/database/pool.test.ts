import { setTimeout as pause } from 'node:timers/promises';
import { sql, type SQL } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withDatabaseErrors } from '../../db/database-error.js';
import { createDatabase, type OpenDatabase } from '../../db/pool.js';
import { createEffectLedger } from '../../db/stores/effect-ledger.js';
import { createRunStore } from '../../db/stores/run-store.js';
import { digestOf } from '../../domain/evidence/canonical.js';
import { createTestDatabase, type TestDatabase } from '../support/postgres.js';

describe('the pool', () => {
  let database: TestDatabase;
  let opened: OpenDatabase;
  let other: OpenDatabase;
  const broken: Error[] = [];
  /** Ends connections of the pool from another one, as a restart of Postgres would. */
  const terminate = async (which: SQL) => {
    const { rowCount } = await other.db.execute(sql`select pg_terminate_backend(pid) from pg_stat_activity
      where application_name = 'pool-test' and datname = current_database() and ${which}`);
    return rowCount;
  };

  beforeAll(async () => {
    database = await createTestDatabase();
    other = createDatabase(database.appUrl);
    opened = createDatabase(database.appUrl, {
      applicationName: 'pool-test',
      onConnectionError: (e) => broken.push(e),
    });
  });
  afterAll(async () => {
    await opened.close();
    await other.close();
    await database.drop();
  });

  it('outlives connections that the server ends', async () => {
    await Promise.all([1, 2, 3].map(() => opened.db.execute(sql`select pg_sleep(0.05)`)));
    expect(await terminate(sql`true`)).toBe(3);
    await expect.poll(() => broken.length).toBe(3);
    const { rows } = await opened.db.execute(sql`select 1 as one`);
    expect(rows).toEqual([{ one: 1 }]);
  });

  it('turns a connection that breaks during a statement into a provider error that may be retried', async () => {
    const blocker = createDatabase(database.appUrl);
    const outcome = await blocker.db.transaction(async (tx) => {
      await tx.execute(sql`insert into effect (key, request_digest) values ('k', ${digestOf(1)})`);
      const stuck = createEffectLedger(opened.db)
        .intend('k', digestOf(1))
        .catch((error: unknown) => error);
      await expect.poll(() => terminate(sql`wait_event_type = 'Lock'`)).toBe(1);
      return stuck;
    });
    expect(outcome).toMatchObject({ code: 'PROVIDER', details: { retryable: true } });
    await blocker.close();
  });

  it('turns a connection that breaks between two statements into the same, and the process lives on', async () => {
    const change = withDatabaseErrors(() =>
      opened.db.transaction(async (tx) => {
        await tx.execute(sql`select 1`);
        expect(await terminate(sql`state = 'idle in transaction'`)).toBe(1);
        await pause(100);
        await tx.execute(sql`select 2`);
      }),
    );
    await expect(change).rejects.toMatchObject({ code: 'PROVIDER', details: { retryable: true } });
    await expect(opened.db.execute(sql`select 1`)).resolves.toMatchObject({ rowCount: 1 });
  });

  it('loses no connection that breaks as a transaction begins', async () => {
    const one = createDatabase(database.appUrl, { maxConnections: 1 });
    one.pool.once('acquire', (client) =>
      (client as unknown as { connection: { stream: { destroy(): void } } }).connection.stream.destroy(),
    );
    const broken = withDatabaseErrors(() => one.db.transaction(async () => 1));
    await expect(broken).rejects.toMatchObject({ code: 'PROVIDER', details: { retryable: true } });
    expect(await one.db.transaction(async () => 2)).toBe(2);
    await one.close();
  });

  it('turns a server that is not there into a provider error that may be retried', async () => {
    const nowhere = createDatabase('postgres://assay_app:x@127.0.0.1:1/none');
    const load = createRunStore(nowhere.db).load('run-1');
    await expect(load).rejects.toMatchObject({ code: 'PROVIDER', details: { retryable: true } });
    await nowhere.close();
  });
});
