import { appendFile, cp, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getTableColumns, is } from 'drizzle-orm';
import { PgTable, getTableConfig } from 'drizzle-orm/pg-core';
import { Client } from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { checkVersion } from '../../db/check-version.js';
import { migrate } from '../../db/migrate.js';
import { MIGRATIONS_FOLDER } from '../../db/migration-files.js';
import { createDatabase } from '../../db/pool.js';
import * as tables from './every-table.js';
import { createEmptyDatabase, createTestDatabase, type TestDatabase } from '../support/postgres.js';

async function run(url: string, text: string): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(text)).rows;
  } finally {
    await client.end();
  }
}

describe('migrations', () => {
  let database: TestDatabase;
  let folder: string;

  beforeEach(async () => {
    database = await createEmptyDatabase();
    folder = await mkdtemp(join(tmpdir(), 'assay-migrations-'));
    await cp(MIGRATIONS_FOLDER, folder, { recursive: true });
  });
  afterEach(async () => {
    await database.drop();
    await rm(folder, { recursive: true });
  });

  it('make the schema once, and change nothing the second time', async () => {
    const { applied } = await migrate(database.ownerUrl);
    expect(applied).toEqual((await readdir(MIGRATIONS_FOLDER)).sort());
    await expect(migrate(database.ownerUrl)).resolves.toEqual({ applied: [] });
  });

  it('wait for each other when two start at once', async () => {
    const both = await Promise.all([migrate(database.ownerUrl), migrate(database.ownerUrl)]);
    expect(both.filter(({ applied }) => applied.length > 0)).toHaveLength(1);
  });

  it('refuse a released file that has changed', async () => {
    await migrate(database.ownerUrl, folder);
    await appendFile(join(folder, '0002_runs.sql'), '-- one more line\n');
    await expect(migrate(database.ownerUrl, folder)).rejects.toMatchObject({
      code: 'CONFLICT',
      message: expect.stringContaining('0002_runs.sql'),
    });
  });

  it('refuse a hole in the numbers', async () => {
    await rename(join(folder, '0006_audit.sql'), join(folder, '0016_audit.sql'));
    await expect(migrate(database.ownerUrl, folder)).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      message: expect.stringContaining('Migration 6 is missing'),
    });
  });

  it('refuse a database of somebody else and leave it alone', async () => {
    await run(database.ownerUrl, 'create table customers (id int)');
    await expect(migrate(database.ownerUrl)).rejects.toMatchObject({
      code: 'CONFLICT',
      message: expect.stringContaining('customers'),
    });
    const [found] = await run(database.ownerUrl, `select to_regclass('assay_migration') as name`);
    expect(found).toEqual({ name: null });
  });

  it('leave nothing of a migration that fails half-way', async () => {
    await writeFile(join(folder, '0099_later.sql'), '');
    await rename(join(folder, '0099_later.sql'), join(folder, await nextName(folder)));
    await appendFile(
      join(folder, (await readdir(folder)).sort().at(-1) ?? ''),
      'create table half (id int); select 1/0;',
    );
    await expect(migrate(database.ownerUrl, folder)).rejects.toMatchObject({ code: 'INTERNAL' });
    const [found] = await run(database.ownerUrl, `select to_regclass('lifecycle_run') as name`);
    expect(found).toEqual({ name: null });
  });

  it('stop a process on a schema that is missing or newer than it', async () => {
    const { db, close } = createDatabase(database.ownerUrl);
    await expect(checkVersion(db)).rejects.toThrow('Run `assay migrate`');
    await writeFile(join(folder, await nextName(folder)), 'select 1;');
    await migrate(database.ownerUrl, folder);
    await expect(checkVersion(db)).rejects.toThrow('newer version of Assay');
    await expect(migrate(database.ownerUrl)).rejects.toThrow('newer version of Assay');
    await close();
  });
});

async function nextName(folder: string): Promise<string> {
  const numbers = (await readdir(folder)).map((name) => Number(name.slice(0, 4))).filter((number) => number < 99);
  return `${String(Math.max(...numbers) + 1).padStart(4, '0')}_next.sql`;
}

describe('the schema in code', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database.drop());

  it('names the tables and columns of the migrations, and which may be null', async () => {
    const rows = await run(
      database.ownerUrl,
      `select table_name || '.' || column_name || case is_nullable when 'YES' then '?' else '' end as name
       from information_schema.columns
       where table_schema = 'public' and table_name <> 'assay_migration' and table_name !~ '^served_request_'`,
    );
    const inCode = Object.values(tables)
      .filter((table) => is(table, PgTable))
      .flatMap((table) =>
        Object.values(getTableColumns(table)).map(
          (column) => `${getTableConfig(table).name}.${column.name}${column.notNull ? '' : '?'}`,
        ),
      );
    expect(inCode.sort()).toEqual(rows.map((row) => String(row['name'])).sort());
  });

  it('knows the values that the migrations allow', async () => {
    const rows = await run(
      database.ownerUrl,
      `select conrelid::regclass::text as "table", pg_get_constraintdef(oid) as text from pg_constraint where contype = 'c'`,
    );
    for (const table of Object.values(tables).filter((one) => is(one, PgTable))) {
      const { name } = getTableConfig(table);
      for (const column of Object.values(getTableColumns(table))) {
        if (column.enumValues === undefined || column.enumValues.length === 0) continue;
        const allowed = rows
          .filter((row) => row['table'] === name && String(row['text']).includes(`(${column.name} = ANY`))
          .flatMap((row) => [...String(row['text']).matchAll(/'([^']+)'::text/g)].map((match) => match[1]));
        if (['evidence.kind', 'evidence_use.stage'].includes(`${name}.${column.name}`)) continue;
        expect(allowed.sort(), `${name}.${column.name}`).toEqual([...column.enumValues].sort());
      }
    }
  });
});
