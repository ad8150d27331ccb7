import { mkdirSync, readFileSync, existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client, Connection } from '@temporalio/client';
import { bundleWorkflowCode } from '@temporalio/worker';
import { writeFile } from 'node:fs/promises';
import { Client as Sql } from 'pg';
import { entryCommand } from '../../cli/dev/entry-command.js';
import { freePort } from '../../cli/dev/free-port.js';
import { ensureKeys, type KeyFiles } from '../../cli/dev/keys.js';
import { startPostgres, type PostgresServer } from '../../cli/dev/postgres.js';
import type { SupervisedProcess } from '../../cli/dev/supervised-process.js';
import { createSupervisor, type Supervisor } from '../../cli/dev/supervisor.js';
import { startTemporal, type TemporalServer } from '../../cli/dev/temporal-server.js';
import { readInstance } from '../../db/instance.js';
import { migrate } from '../../db/migrate.js';
import { createDatabase, type Database } from '../../db/pool.js';
import { createAccounts } from '../../db/stores/accounts.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
export const BENCH_FOLDER = join(ROOT, '.assay', 'bench');
const CACHE = join(ROOT, '.assay', 'cache');
export const PROJECT = 'bench';

/** The servers of one bench run: embedded Postgres as `assay dev` runs it (fsync on), a Temporal dev server on disk. */
export interface World {
  db: Database;
  client: Client;
  postgres: PostgresServer;
  temporal: TemporalServer;
  keys: KeyFiles;
  instance: string;
  folder: string;
  startWorker(entry: 'worker' | 'floor-worker', name?: string): Promise<SupervisedProcess>;
  /** The api as it is deployed, on a free port. */
  startApi(): Promise<{ url: string; process: SupervisedProcess }>;
  stop(): Promise<void>;
}

export async function startWorld(log: (line: string) => void): Promise<World> {
  const folder = join(BENCH_FOLDER, 'state');
  removeState(folder);
  mkdirSync(folder, { recursive: true });
  const supervisor = createSupervisor({ stateFolder: folder, log });
  try {
    return await openWorld(folder, supervisor, log);
  } catch (error) {
    await supervisor.stopAll();
    throw error;
  }
}

async function openWorld(folder: string, supervisor: Supervisor, log: (line: string) => void): Promise<World> {
  const [postgres, temporal, bundle] = await Promise.all([
    startPostgres({ supervisor, stateFolder: folder, log }),
    startTemporal({ supervisor, stateFolder: folder, cacheFolder: CACHE, mayDownload: true, log }),
    writeBundle(folder),
  ]);
  await migrate(postgres.ownerUrl);
  await letInEightStages(postgres.ownerUrl);
  await seedPeople(postgres.ownerUrl);
  const opened = createDatabase(postgres.appUrl, { applicationName: 'assay-bench', maxConnections: 8 });
  const connection = await Connection.connect({ address: temporal.address });
  const keys = ensureKeys(join(folder, 'keys'));
  return {
    db: opened.db,
    client: new Client({ connection }),
    postgres,
    temporal,
    keys,
    instance: (await readInstance(opened.db)).id,
    folder,
    startWorker: (entry, name = entry) =>
      supervisor.startProcess({
        name,
        ...entryCommand(`test/bench/${entry}`),
        env: {
          BENCH_BUNDLE: bundle,
          ASSAY_DATABASE_URL: postgres.appUrl,
          ASSAY_TEMPORAL_ADDRESS: temporal.address,
          ASSAY_ARTIFACTS_FOLDER: join(folder, 'artifacts'),
          ASSAY_DECISION_PUBLIC_KEY_FILE: keys.decisionPublicKeyFile,
          ASSAY_LOG_KEY_FILE: keys.logKeyFile,
        },
        ready: { line: /^worker: ready/ },
        restart: false,
      }),
    async startApi() {
      const port = await freePort();
      const url = `http://127.0.0.1:${port}`;
      const api = await supervisor.startProcess({
        name: 'api',
        ...entryCommand('server/api/main'),
        env: {
          ASSAY_DATABASE_URL: postgres.apiUrl,
          ASSAY_PUBLIC_URL: url,
          ASSAY_API_HOST: '127.0.0.1',
          ASSAY_API_PORT: String(port),
          ASSAY_DECISION_KEY_FILE: keys.decisionKeyFile,
        },
        ready: { http: `${url}/healthz` },
        restart: false,
      });
      return { url, process: api };
    },
    async stop() {
      await connection.close();
      await opened.close();
      await supervisor.stopAll();
      removeState(folder);
    },
  };
}

async function writeBundle(folder: string): Promise<string> {
  const quiet = (): void => undefined;
  const { code } = await bundleWorkflowCode({
    workflowsPath: fileURLToPath(new URL('workflows/index.ts', import.meta.url)),
    logger: { log: quiet, trace: quiet, debug: quiet, info: quiet, warn: console.warn, error: console.error },
  });
  const path = join(folder, 'workflows.js');
  await writeFile(path, code);
  return path;
}

/** The product has seven stages; the bench measures eight, as the tools beside it are measured. */
async function letInEightStages(ownerUrl: string): Promise<void> {
  const client = new Sql({ connectionString: ownerUrl });
  await client.connect();
  await client.query('alter table stage_run drop constraint stage_run_stage_check');
  await client.end();
}

async function seedPeople(ownerUrl: string): Promise<void> {
  const { db, close } = createDatabase(ownerUrl);
  const accounts = createAccounts(db);
  await accounts.ensureProject(PROJECT, 'bench');
  for (const [id, role] of [
    ['ada', 'ml-lead'],
    ['ruth', 'risk'],
    ['leo', 'legal'],
  ] as const) {
    await accounts.ensurePrincipal({ id, kind: 'person', displayName: id }, 'bench');
    await accounts.grantRole({ principal: id, project: PROJECT, role }, 'bench');
  }
  await close();
}

function removeState(folder: string): void {
  const pointer = join(folder, 'postgres', 'elsewhere');
  if (existsSync(pointer)) rmSync(readFileSync(pointer, 'utf8'), { recursive: true, force: true });
  rmSync(folder, { recursive: true, force: true });
}
