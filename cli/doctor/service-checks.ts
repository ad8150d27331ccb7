import { createPrivateKey } from 'node:crypto';
import { constants } from 'node:fs';
import { access, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Connection as TemporalConnection } from '@temporalio/client';
import type { DevFile } from '../dev-file.js';
import type { HealthCheck } from '../../domain/health-check.js';

const PATIENCE_MILLISECONDS = 3_000;
const NOT_RUNNING = { skipped: 'no "assay dev" runs in this folder' };
const OTHERS_MAY = 0o077;

/** What a running Assay needs. `dev` is what `assay dev` left; `apiUrl` is undefined where no api is configured. */
export const serviceChecks = (home: string, apiUrl: string | undefined, dev: DevFile | undefined): HealthCheck[] => [
  {
    name: 'api',
    remedy: 'Start one with "assay dev", or say where it is with --api-url.',
    look: async () => {
      if (apiUrl === undefined) return NOT_RUNNING;
      await expectStatus(`${apiUrl}/healthz`, isFine);
      return `answers at ${apiUrl}`;
    },
  },
  {
    name: 'Postgres',
    remedy: 'Look at the log of the api; run "assay migrate" when the schema is missing or old.',
    look: async () => {
      if (apiUrl === undefined) return NOT_RUNNING;
      await expectStatus(`${apiUrl}/readyz`, isFine);
      return 'reachable and migrated, says the api';
    },
  },
  {
    name: 'Temporal',
    remedy: 'Look at logs/temporal.log in the state folder, or at ASSAY_TEMPORAL_ADDRESS.',
    look: async () => (dev === undefined ? NOT_RUNNING : answersAt(dev.temporalAddress)),
  },
  {
    name: 'signing key',
    remedy: 'Make it readable by its user only (chmod 600), or remove it with the state folder to start anew.',
    look: async () => (dev === undefined ? NOT_RUNNING : keyAt(join(home, 'keys', 'decision-key.pem'))),
  },
  {
    name: 'artifacts folder',
    remedy: 'Make the folder writable for this user.',
    look: async () => (dev === undefined ? NOT_RUNNING : writable(dev.artifactsFolder)),
  },
  {
    name: 'provider',
    remedy: 'Look at logs/provider.log in the state folder.',
    look: async () => {
      if (dev === undefined) return NOT_RUNNING;
      // It wants a key, so a refusal is an answer too.
      await expectStatus(`${dev.providerUrl}/v1/models`, (status) => status < 500);
      return `local, answers at ${dev.providerUrl}`;
    },
  },
];

const isFine = (status: number): boolean => status === 200;

async function expectStatus(url: string, isWanted: (status: number) => boolean): Promise<void> {
  const response = await fetch(url, { signal: AbortSignal.timeout(PATIENCE_MILLISECONDS) }).catch(() => {
    throw new Error(`nobody answers at ${new URL(url).origin}`);
  });
  await response.body?.cancel();
  if (!isWanted(response.status)) throw new Error(`${url} answers with status ${response.status}`);
}

async function answersAt(address: string): Promise<string> {
  const connection = await TemporalConnection.connect({ address, connectTimeout: PATIENCE_MILLISECONDS });
  await connection.close();
  return `answers at ${address}`;
}

async function keyAt(path: string): Promise<string> {
  const { mode } = await stat(path);
  if ((mode & OTHERS_MAY) !== 0) throw new Error(`others may read ${path}`);
  const { asymmetricKeyType } = createPrivateKey(await readFile(path));
  if (asymmetricKeyType !== 'ed25519') throw new Error(`${path} is a key of type ${asymmetricKeyType}`);
  return 'Ed25519, readable by its user only';
}

async function writable(folder: string): Promise<string | { skipped: string }> {
  try {
    await access(folder, constants.W_OK);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return { skipped: 'made with the first artifact' };
    throw error;
  }
  return folder;
}
