import { parseMigrateConfig } from '../../domain/config/migrate-config.js';
import { exitCodeOf } from '../../domain/exit-codes.js';
import { isLifecycleError } from '../../domain/kernel/errors.js';
import { checkVersion } from '../check-version.js';
import { withDatabaseErrors } from '../database-error.js';
import { createDatabase } from '../pool.js';
import { codeSha256, readableCode } from '../readable-code.js';
import { issueForFirstAdmin } from '../stores/one-time-codes.js';

/** The process behind `assay accounts bootstrap`: whoever owns the database may make the first admin. */
const GROUPS = 4;

try {
  const { ownerDatabaseUrl, took } = parseMigrateConfig(process.env);
  process.stderr.write(`bootstrap: the database is that of ${took['ownerDatabaseUrl']}\n`);
  const { db, close } = createDatabase(ownerDatabaseUrl, { applicationName: 'assay-bootstrap' });
  try {
    await checkVersion(db);
    const code = readableCode(GROUPS);
    const { expiresAt } = await withDatabaseErrors(() => issueForFirstAdmin(db, codeSha256(code)));
    process.stderr.write(`bootstrap: this code makes the first admin, once, until ${expiresAt.toISOString()}\n`);
    process.stdout.write(`${code}\n`);
  } finally {
    await close();
  }
} catch (error) {
  if (!isLifecycleError(error)) throw error;
  process.stderr.write(`bootstrap: ${error.message}\n`);
  process.exitCode = exitCodeOf(error.code);
}
