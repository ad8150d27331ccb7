import { sql } from 'drizzle-orm';
import { LifecycleError } from '../domain/kernel/errors.js';
import { pendingMigrations, readMigrations, type AppliedMigration } from './migration-files.js';
import { withDatabaseErrors } from './database-error.js';
import type { Database } from './pool.js';

/**
 * What every process does before it works: refuses a schema that is missing, older or newer than this version.
 * @throws LifecycleError CONFLICT with what to do.
 */
export async function checkVersion(db: Database): Promise<void> {
  const released = await readMigrations();
  const pending = pendingMigrations(await withDatabaseErrors(() => readApplied(db)), released);
  const first = pending[0];
  if (first === undefined) return;
  throw new LifecycleError(
    'CONFLICT',
    `The database lacks ${pending.length} of ${released.length} migrations (first: ${first.name}). Run \`assay migrate\` as the owner, then start again.`,
  );
}

async function readApplied(db: Database): Promise<AppliedMigration[]> {
  const { rows: tables } = await db.execute<{ isThere: boolean }>(
    sql`select to_regclass('public.assay_migration') is not null as "isThere"`,
  );
  if (tables[0]?.isThere !== true) return [];
  const { rows } = await db.execute<{ number: number; name: string; sha256: string }>(
    sql`select number, name, sha256 from assay_migration order by number`,
  );
  return rows;
}
