import { Client } from 'pg';
import { LifecycleError } from '../domain/kernel/errors.js';
import { MIGRATIONS_FOLDER, pendingMigrations, readMigrations, type AppliedMigration } from './migration-files.js';
import { translateDatabaseError } from './database-error.js';

/** Any number, the same in every version: two migrations at once wait for each other. */
const MIGRATION_LOCK = 4_021_977;

/**
 * Brings the schema (in `public`) to this version, as its owner, in one transaction: all of it or nothing.
 * @throws LifecycleError CONFLICT for a database of somebody else, a changed or unknown migration; INVALID_INPUT for a
 * hole; NOT_FOUND where the role `assay_app` or `assay_api` is missing.
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

/** What an administrator of the server has to run, for each that is missing. */
const REMEDIES: Record<string, string> = {
  assay_app: 'create role assay_app login password …;',
  assay_api: 'create role assay_api login password … in role assay_app;',
  'assay_app to assay_api': 'grant assay_app to assay_api;',
};

function rolesMissing(names: string[]): LifecycleError {
  const what = names.length === 1 ? `The role ${names[0]} is` : `The roles ${names.join(' and ')} are`;
  const remedy = names.map((name) => `  ${REMEDIES[name]}`).join('\n');
  return new LifecycleError(
    'NOT_FOUND',
    `${what} missing on this server. Run as an administrator of it, and migrate again:\n${remedy}`,
    { roles: names },
  );
}

async function refuseMissingRole(client: Client): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    `select name from unnest(array['assay_app', 'assay_api']) as wanted (name)
     where not exists (select 1 from pg_roles where rolname = name) order by name desc`,
  );
  const missing = rows.map(({ name }) => name);
  if (missing.length > 0) throw rolesMissing(missing);
  const isMember = await client.query<{ yes: boolean }>(`select pg_has_role('assay_api', 'assay_app', 'usage') as yes`);
  if (isMember.rows[0]?.yes !== true) throw rolesMissing(['assay_app to assay_api']);
}
