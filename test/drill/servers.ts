import { chmodSync, mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client } from 'pg';
import { startPostgres } from '../../cli/dev/postgres.js';
import { SupervisedProcess, type ProcessSpec } from '../../cli/dev/supervised-process.js';
import type { Supervisor } from '../../cli/dev/supervisor.js';
import { startTemporal } from '../../cli/dev/temporal-server.js';
import { migrate } from '../../db/migrate.js';
import { withDatabase } from '../support/test-servers.js';

const LET_POSTGRES_PASS = 0o711;
const CACHE = fileURLToPath(new URL('../../.assay/cache', import.meta.url));
export const TEMPLATE = 'assay_template';

export type Servers = Awaited<ReturnType<typeof startServers>>;

/**
 * A Postgres that keeps what it was told (fsync on) and a Temporal server that keeps its histories in a file. Each can
 * be killed and started again, at the address that it had.
 */
export async function startServers(log: (line: string) => void) {
  const stateFolder = mkdtempSync(join(tmpdir(), 'assay-drill-'));
  chmodSync(stateFolder, LET_POSTGRES_PASS);
  const postgresProcess = breakable(stateFolder, log);
  const temporalProcess = breakable(stateFolder, log);
  const where = { stateFolder, log };
  const [postgres, temporal] = await Promise.all([
    startPostgres({ ...where, supervisor: postgresProcess.supervisor }),
    startTemporal({ ...where, supervisor: temporalProcess.supervisor, cacheFolder: CACHE, mayDownload: true }),
  ]);
  await makeTemplate(postgres);
  return {
    postgres: { ...postgres, ...postgresProcess.control },
    temporal: { ...temporal, ...temporalProcess.control },
    async stop(): Promise<void> {
      await Promise.all([postgresProcess.control.end(), temporalProcess.control.end()]);
      await rm(stateFolder, { recursive: true, force: true });
    },
  };
}

/** They do not outlive the drill, however it ends. */
const running = new Set<SupervisedProcess>();
process.once('exit', () => running.forEach((child) => child.kill()));

/** A stand-in for the supervisor of `assay dev`: what it starts stays down when it is killed, until it is said. */
function breakable(stateFolder: string, log: (line: string) => void) {
  const folders = { logs: join(stateFolder, 'logs'), running: join(stateFolder, 'running') };
  let spec: ProcessSpec | undefined;
  let child: SupervisedProcess | undefined;
  const start = async (): Promise<SupervisedProcess> => {
    if (spec === undefined) throw new Error('Nothing was started yet.');
    child = new SupervisedProcess({ ...spec, restart: false }, folders, log);
    running.add(child);
    await child.start();
    return child;
  };
  const supervisor: Supervisor = {
    startProcess: (asked) => ((spec = asked), start()),
    stopAll: async () => child?.stop(),
  };
  const control = {
    /** Postgres takes SIGQUIT as `pg_ctl stop -m immediate`. Ends when it is gone. */
    async crash(signal: 'SIGKILL' | 'SIGQUIT'): Promise<void> {
      const gone = child;
      if (gone?.pid !== undefined) process.kill(gone.pid, signal);
      await gone?.stop();
      if (gone !== undefined) running.delete(gone);
    },
    start: async (): Promise<void> => void (await start()),
    end: () => supervisor.stopAll(),
  };
  return { supervisor, control };
}

async function makeTemplate({ superuserUrl, ownerUrl }: { superuserUrl: string; ownerUrl: string }): Promise<void> {
  const client = new Client({ connectionString: superuserUrl });
  await client.connect();
  await client.query(`CREATE DATABASE ${TEMPLATE} OWNER assay_owner`);
  await client.end();
  await migrate(withDatabase(ownerUrl, TEMPLATE));
}
