import { parseMigrateConfig } from '../domain/config/migrate-config.js';
import { exitCodeOf } from '../domain/exit-codes.js';
import { isLifecycleError } from '../domain/kernel/errors.js';
import { migrate } from './migrate.js';

/** The process behind `assay migrate`. */
try {
  const { ownerDatabaseUrl, took } = parseMigrateConfig(process.env);
  process.stderr.write(`migrate: the database is that of ${took['ownerDatabaseUrl']}\n`);
  const { applied } = await migrate(ownerDatabaseUrl);
  for (const name of applied) process.stderr.write(`migrate: applied ${name}\n`);
  process.stdout.write(
    applied.length === 0 ? 'the database was up to date\n' : `${applied.length} migrations applied\n`,
  );
} catch (error) {
  if (!isLifecycleError(error)) throw error;
  process.stderr.write(`migrate: ${error.message}\n`);
  process.exitCode = exitCodeOf(error.code);
}
