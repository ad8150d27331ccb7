import { Client } from 'pg';
import { LifecycleError } from '../domain/kernel/errors.js';
import { MIGRATIONS_FOLDER, pendingMigrations, readMigrations, type AppliedMigration } from './migration-files.js';
import { translateDatabaseError } from './database-error.js';

/** Any number, the same in every version: two migrations at once wait for each other. */
const MIGRATION_LOCK = 4_021_977;

/**
 * Brings the schema (in `public`) to this version, as its owner, in one transaction: all of it or nothing.
 * @throws LifecycleError CONFLICT for a database of somebody else, a changed or unknown migration; INVALID_INPUT for a
 * hole; NOT_FOUND where the role `assay_app` is missing.
 */
export async function migrate(ownerUrl: string, folder: string = MIGRATIONS_FOLDER): Promise<{ applied: string[] }> {
  const released = await readMigrations(folder);
  const client = new Client({
    connectionString: ownerUrl,
    application_name: 'assay-migrate',
    connectionTimeoutMillis: 10_000,
  });
  try {
    await client.connect();
    await client.query('begin');
    await client.query('select pg_advisory_xact_lock($1)', [MIGRATION_LOCK]);
    await refuseForeignDatabase(client);
    await refuseMissingRole(client);
    await client.query(
      `create table if not exists assay_migration (
         number integer primary key, name text not null, sha256 text not null,
         applied_at timestamptz not null default clock_timestamp())`,
    );
    const pending = pendingMigrations(await readApplied(client), released);
    for (const migration of pending) {
      await client.query(migration.sql);
      await client.query('insert into assay_migration (number, name, sha256) values ($1, $2, $3)', [
        migration.number,
        migration.name,
        migration.sha256,
      ]);
    }
    await client.query('commit');
    return { applied: pending.map((migration) => migration.name) };
  } catch (error) {
    throw translateDatabaseError(error);
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** The applied migrations, ascending; undefined where the database has never been migrated. */
async function readApplied(client: Client): Promise<AppliedMigration[]> {
  const { rows } = await client.query<AppliedMigration>(
    'select number, name, sha256 from assay_migration order by number',
  );
  return rows;
}

async function refuseForeignDatabase(client: Client): Promise<void> {
  const { rows } = await client.query<{ name: string; isOurs: boolean }>(
    `select relname as name, to_regclass('public.assay_migration') is not null as "isOurs" from pg_class
     where relnamespace = 'public'::regnamespace and relkind in ('r', 'p', 'v', 'm', 'f')
       and not exists (select 1 from pg_depend where objid = pg_class.oid and deptype = 'e') order by relname`,
  );
  if (rows.length === 0 || rows[0]?.isOurs === true) return;
  throw new LifecycleError(
    'CONFLICT',
    `This database holds tables that are not Assay's (${rows[0]?.name}${rows.length > 1 ? ` and ${rows.length - 1} more` : ''}). Give Assay an empty database of its own.`,
  );
}

async function refuseMissingRole(client: Client): Promise<void> {
  const { rows } = await client.query(`select 1 from pg_roles where rolname = 'assay_app'`);
  if (rows.length > 0) return;
  throw new LifecycleError(
    'NOT_FOUND',
    'The role assay_app does not exist on this server. Create it as an administrator (`create role assay_app login password …`) and migrate again.',
  );
}
