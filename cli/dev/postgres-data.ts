import { randomBytes } from 'node:crypto';
import { chownSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { LifecycleError } from '../../domain/kernel/errors.js';
import { ROOTS_FOLDER, type PostgresPrograms } from './postgres-programs.js';
import { canReach, type SystemUser } from './postgres-user.js';
import { runCommand } from './run-command.js';

const MAJOR_VERSION = '18';
const INITDB_MILLISECONDS = 60_000;
const ID_BYTES = 6;

export interface DataOptions {
  readonly stateFolder: string;
  readonly programs: PostgresPrograms;
  readonly user: SystemUser | undefined;
  readonly superuserPassword: string;
  readonly log: (line: string) => void;
}

/** The data folder of the cluster, initialised when it is new. An initialisation that was cut short leaves none. */
export async function ensureData(options: DataOptions): Promise<string> {
  const parent = folderInReach(options);
  const data = join(parent, 'data');
  if (!existsSync(data)) await initialise(join(parent, 'data.new'), data, options);
  const version = readFileSync(join(data, 'PG_VERSION'), 'utf8').trim();
  if (version === MAJOR_VERSION) return data;
  const message = `the data in ${data} is of Postgres ${version}, not ${MAJOR_VERSION}; move the folder away to start anew`;
  throw new LifecycleError('CONFLICT', message, { folder: data, version });
}

/** Inside the state folder, or, when the user `postgres` cannot get there, in a folder that the state folder names. */
function folderInReach({ stateFolder, user, log }: DataOptions): string {
  const own = join(stateFolder, 'postgres');
  mkdirSync(own, { recursive: true });
  if (user === undefined || canReach(user, own)) return own;
  const pointer = join(own, 'elsewhere');
  if (!existsSync(pointer)) writeFileSync(pointer, join(ROOTS_FOLDER, randomBytes(ID_BYTES).toString('hex')));
  const elsewhere = readFileSync(pointer, 'utf8');
  log(`the data of Postgres is kept in ${elsewhere}: the user "postgres" cannot reach ${stateFolder}`);
  mkdirSync(elsewhere, { recursive: true });
  return elsewhere;
}

async function initialise(unfinished: string, data: string, options: DataOptions): Promise<void> {
  const { user, programs, superuserPassword, log } = options;
  log('preparing a Postgres database');
  const passwordFile = `${unfinished}.password`;
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished, { mode: 0o700 });
  writeFileSync(passwordFile, superuserPassword, { mode: 0o600 });
  if (user !== undefined) [unfinished, passwordFile].forEach((path) => chownSync(path, user.uid, user.gid));
  try {
    await runCommand({
      command: programs.initdb,
      args: [...INITDB, `--pgdata=${unfinished}`, `--pwfile=${passwordFile}`],
      timeoutMilliseconds: INITDB_MILLISECONDS,
      cwd: unfinished,
      ...(user === undefined ? {} : { user }),
    });
  } finally {
    rmSync(passwordFile);
  }
  renameSync(unfinished, data);
}

/** The built-in locale sorts the same on every system. */
const INITDB = [
  '--username=postgres',
  '--auth=scram-sha-256',
  '--encoding=UTF8',
  '--locale=C',
  '--locale-provider=builtin',
  '--builtin-locale=C.UTF-8',
  '--no-instructions',
];
