import { parseMigrateConfig } from '../domain/config/migrate-config.js';
import { exitCodeOf } from '../domain/exit-codes.js';
import { isLifecycleError } from '../domain/kernel/errors.js';
import { migrate } from './migrate.js';
import { createDatabase } from './pool.js';
import { adminsExist } from './stores/installation-admins.js';

/** The process behind `assay migrate`. */
try {
  const { ownerDatabaseUrl, took } = parseMigrateConfig(process.env);
  process.stderr.write(`migrate: the database is that of ${took['ownerDatabaseUrl']}\n`);
  const { applied } = await migrate(ownerDatabaseUrl);
  for (const name of applied) process.stderr.write(`migrate: applied ${name}\n`);
  process.stdout.write(
    applied.length === 0 ? 'the database was up to date\n' : `${applied.length} migrations applied\n`,
  );
  if (!(await hasAdmin(ownerDatabaseUrl)))
    process.stderr.write(
      'migrate: there is no admin yet; `assay accounts bootstrap` prints a code for the first one\n',
    );
} catch (error) {
  if (!isLifecycleError(error)) throw error;
  process.stderr.write(`migrate: ${error.message}\n`);
  process.exitCode = exitCodeOf(error.code);
}

async function hasAdmin(url: string): Promise<boolean> {
  const { db, close } = createDatabase(url, { applicationName: 'assay-migrate', maxConnections: 1 });
  return adminsExist(db).finally(close);
}
