import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { endGroup } from './end-process.js';
import { commandLineOf, identityOf } from './process-identity.js';

const PATIENCE_MILLISECONDS = 10_000;

/**
 * After a kill, `postmaster.pid` stays behind and stops the next start. A Postgres that still runs on this folder is
 * ended; when its process id is gone, or belongs to somebody else by now, only the file goes.
 */
export async function clearStalePostmaster(dataFolder: string): Promise<void> {
  const file = join(dataFolder, 'postmaster.pid');
  const pid = Number(firstLine(file));
  if (!Number.isInteger(pid) || pid <= 1) return;
  const identity = identityOf(pid);
  if (identity !== undefined && commandLineOf(pid)?.includes(dataFolder) === true)
    await endGroup(identity, { signal: 'SIGINT', patienceMilliseconds: PATIENCE_MILLISECONDS });
  rmSync(file, { force: true });
}

function firstLine(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8').split('\n')[0];
  } catch {
    return undefined;
  }
}
