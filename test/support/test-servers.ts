import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client } from 'pg';
import { startPostgres } from '../../cli/dev/postgres.js';
import { createSupervisor } from '../../cli/dev/supervisor.js';
import { startTemporal, type TemporalServerOptions } from '../../cli/dev/temporal-server.js';
import { migrate } from '../../db/migrate.js';

export interface ProvidedPostgres {
  readonly superuserUrl: string;
  readonly ownerUrl: string;
  readonly appUrl: string;
  readonly apiUrl: string;
  /** The migrated database that each test file gets a copy of. */
  readonly template: string;
}

export interface ProvidedTemporal {
  readonly address: string;
  readonly namespace: string;
}

export interface TestServers {
  postgres(): Promise<ProvidedPostgres>;
  temporal(): Promise<ProvidedTemporal>;
  stop(): Promise<void>;
}

const TEMPLATE = 'assay_template';
const LET_POSTGRES_PASS = 0o711;
const CACHE = fileURLToPath(new URL('../../.assay/cache', import.meta.url));
const log = (line: string): void => console.error(line);

/** Servers of a test run: each starts when it is asked for the first time; nothing of them is kept. */
export function createTestServers(): TestServers {
  const stateFolder = mkdtempSync(join(tmpdir(), 'assay-test-'));
  chmodSync(stateFolder, LET_POSTGRES_PASS);
  const supervisor = createSupervisor({ stateFolder, log });
  const where = { supervisor, stateFolder, log };
  const mayDownload = process.env['ASSAY_NO_DOWNLOAD'] !== '1';
  let postgres: Promise<ProvidedPostgres> | undefined;
  let temporal: Promise<ProvidedTemporal> | undefined;
  return {
    postgres: () => (postgres ??= startMigrated(where)),
    temporal: () => (temporal ??= startInMemory({ ...where, cacheFolder: CACHE, mayDownload })),
    async stop() {
      await supervisor.stopAll();
      removeState(stateFolder);
    },
  };
}

async function startMigrated(where: Parameters<typeof startPostgres>[0]): Promise<ProvidedPostgres> {
  const { superuserUrl, ownerUrl, appUrl, apiUrl } = await startPostgres({ ...where, isDisposable: true });
  const client = new Client({ connectionString: superuserUrl });
  await client.connect();
  await client.query(`CREATE DATABASE ${TEMPLATE} OWNER assay_owner`);
  await client.end();
  await migrate(withDatabase(ownerUrl, TEMPLATE));
  return { superuserUrl, ownerUrl, appUrl, apiUrl, template: TEMPLATE };
}

async function startInMemory(where: TemporalServerOptions): Promise<ProvidedTemporal> {
  const { address, namespace } = await startTemporal({ ...where, inMemory: true });
  return { address, namespace };
}

/** The same server and role, another database. */
export function withDatabase(url: string, database: string): string {
  const changed = new URL(url);
  changed.pathname = `/${database}`;
  return changed.href;
}

/** Where the temporary folder is closed to the user `postgres`, the data stands elsewhere. */
function removeState(stateFolder: string): void {
  const pointer = join(stateFolder, 'postgres', 'elsewhere');
  if (existsSync(pointer)) rmSync(readFileSync(pointer, 'utf8'), { recursive: true, force: true });
  rmSync(stateFolder, { recursive: true, force: true });
}
