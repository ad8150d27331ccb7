import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { LifecycleError } from '../../domain/kernel/errors.js';
import { identityOf, isRunning, type ProcessIdentity } from './process-identity.js';

/**
 * Takes the lock of a state folder for this process. A lock whose process is gone is taken over.
 * @returns the function that gives the lock back
 * @throws LifecycleError CONFLICT when another living process holds it
 */
export function takeLock(path: string): () => void {
  mkdirSync(dirname(path), { recursive: true });
  const own = identityOf(process.pid) ?? { pid: process.pid, startedAt: 'unknown' };
  while (!wroteNew(path, own)) {
    const holder = holderOf(path);
    if (holder !== undefined && isRunning(holder)) throw heldBy(holder, path);
    rmSync(path, { force: true });
  }
  return () => {
    if (holderOf(path)?.startedAt === own.startedAt) rmSync(path, { force: true });
  };
}

function wroteNew(path: string, own: ProcessIdentity): boolean {
  try {
    writeFileSync(path, JSON.stringify(own), { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function holderOf(path: string): ProcessIdentity | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as ProcessIdentity;
  } catch {
    return undefined;
  }
}

function heldBy(holder: ProcessIdentity, path: string): LifecycleError {
  return new LifecycleError(
    'CONFLICT',
    `Assay is already running in this folder (process ${holder.pid}). ` +
      `Use that one, or stop it with "kill ${holder.pid}" and try again. (lock: ${path})`,
    { pid: holder.pid, lock: path },
  );
}
