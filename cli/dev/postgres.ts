import { join } from 'node:path';
import { Client } from 'pg';
import { freePort } from './free-port.js';
import { ensureData } from './postgres-data.js';
import { postgresPrograms } from './postgres-programs.js';
import { ensureRoles } from './postgres-roles.js';
import { secretsAt, type PostgresSecrets } from './postgres-secrets.js';
import { userForPostgres } from './postgres-user.js';
import { clearStalePostmaster } from './stale-postmaster.js';
import type { Supervisor } from './supervisor.js';

export interface PostgresOptions {
  readonly supervisor: Supervisor;
  /** `<stateFolder>/postgres` keeps the data and the passwords between starts. */
  readonly stateFolder: string;
  /** For tests only: a crash of the machine may lose what was written. */
  readonly isDisposable?: boolean;
  readonly log: (line: string) => void;
}

export interface PostgresServer {
  /** Of the role `assay_owner`, which owns the database `assay` and runs migrations. */
  readonly ownerUrl: string;
  /** Of the role `assay_app`, under which the workers and the gateway run. */
  readonly appUrl: string;
  /** Of the role `assay_api`, under which the api runs: it may also change accounts. */
  readonly apiUrl: string;
  /** Of the superuser; for tests that make databases. */
  readonly superuserUrl: string;
  /** Of the process that runs now; it changes when a crashed one is started again. */
  readonly pid: () => number | undefined;
  stop(): Promise<void>;
}

const READY_MILLISECONDS = 60_000;
const CONNECT_MILLISECONDS = 2_000;
const DISPOSABLE = ['fsync', 'synchronous_commit', 'full_page_writes'].flatMap((name) => ['-c', `${name}=off`]);

/**
 * Starts the embedded Postgres on 127.0.0.1, with its data kept in the state folder.
 * @throws LifecycleError COMMAND when it does not come up
 */
export async function startPostgres(options: PostgresOptions): Promise<PostgresServer> {
  const { supervisor, stateFolder, log } = options;
  const user = userForPostgres();
  const programs = postgresPrograms(user);
  const secrets = secretsAt(join(stateFolder, 'postgres', 'secrets.json'));
  const data = await ensureData({ stateFolder, programs, user, superuserPassword: secrets.superuser, log });
  const port = await freePort();
  const urls = urlsOf(port, secrets);
  const child = await supervisor.startProcess({
    name: 'postgres',
    command: programs.postgres,
    args: ['-D', data, '-p', String(port), ...SETTINGS, ...(options.isDisposable === true ? DISPOSABLE : [])],
    cwd: data,
    beforeStart: () => clearStalePostmaster(data),
    ready: { probe: () => accepts(urls.superuserUrl) },
    readyWithinMilliseconds: READY_MILLISECONDS,
    stopSignal: 'SIGINT',
    ...(user === undefined ? {} : { user }),
  });
  await ensureRoles(urls.superuserUrl, secrets);
  return { ...urls, pid: () => child.pid, stop: () => child.stop() };
}

const SETTINGS = Object.entries({
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '200',
}).flatMap(([name, value]) => ['-c', `${name}=${value}`]);

function urlsOf(port: number, secrets: PostgresSecrets) {
  const url = (role: string, password: string, database: string) =>
    `postgres://${role}:${password}@127.0.0.1:${port}/${database}`;
  return {
    ownerUrl: url('assay_owner', secrets.owner, 'assay'),
    appUrl: url('assay_app', secrets.app, 'assay'),
    apiUrl: url('assay_api', secrets.api, 'assay'),
    superuserUrl: url('postgres', secrets.superuser, 'postgres'),
  };
}

async function accepts(connectionString: string): Promise<boolean> {
  const client = new Client({ connectionString, connectionTimeoutMillis: CONNECT_MILLISECONDS });
  client.on('error', () => {});
  try {
    await client.connect();
    return true;
  } finally {
    await client.end().catch(() => {});
  }
}
