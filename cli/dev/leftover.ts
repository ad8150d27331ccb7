import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { endGroup } from './end-process.js';
import { isRunning, type ProcessIdentity } from './process-identity.js';

const PATIENCE_MILLISECONDS = 5_000;

/** Notes which process runs, so that the next start finds it should this one be killed without a chance to stop it. */
export function noteRunning(path: string, identity: ProcessIdentity): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, JSON.stringify(identity));
}

export function noteEnded(path: string): void {
  rmSync(path, { force: true });
}

/** Ends the process that an earlier, killed start left behind. @returns its id, when there was one */
export async function endLeftover(path: string, signal: NodeJS.Signals): Promise<number | undefined> {
  const noted = readNote(path);
  if (noted === undefined || !isRunning(noted)) return undefined;
  await endGroup(noted, { signal, patienceMilliseconds: PATIENCE_MILLISECONDS });
  return noted.pid;
}

function readNote(path: string): ProcessIdentity | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as ProcessIdentity;
  } catch {
    return undefined;
  }
}
