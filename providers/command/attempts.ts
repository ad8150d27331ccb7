import { randomUUID } from 'node:crypto';
import { linkSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { identityOf, isRunning, placeOfProcesses, type ProcessIdentity } from './processes.js';

/** Who runs an attempt: a keeper, and where its process id means something. */
interface Holder extends ProcessIdentity {
  place: string;
}

/** A keeper on another machine counts as gone when it has not touched its file for so long. */
const SILENT_MILLISECONDS = 60_000;

const fileOf = (folder: string, attempt: number): string => join(folder, `${attempt}.json`);

/** The number of the last attempt; 0 before the first. */
export function lastAttempt(folder: string): number {
  const numbers = readdirSync(folder).flatMap((name) =>
    /^[1-9][0-9]*\.json$/.test(name) ? [Number.parseInt(name, 10)] : [],
  );
  return Math.max(0, ...numbers);
}

/** Whether the keeper of an attempt lives. */
export function isHeld(folder: string, attempt: number): boolean {
  if (attempt === 0) return false;
  try {
    const path = fileOf(folder, attempt);
    const holder = JSON.parse(readFileSync(path, 'utf8')) as Holder;
    if (holder.place === placeOfProcesses()) return isRunning(holder);
    return Date.now() - statSync(path).mtimeMs < SILENT_MILLISECONDS;
  } catch {
    return false;
  }
}

/**
 * Makes this process the keeper of the next attempt. An attempt's file comes to its name once, by a link, and never goes
 * away: of two that claim the same attempt one has it, and a dead holder's is followed by a new one, not taken over.
 * @returns its number, or undefined where another keeper lives or was quicker.
 */
export function claimAttempt(folder: string): number | undefined {
  const last = lastAttempt(folder);
  if (isHeld(folder, last)) return undefined;
  const own: Holder = {
    ...(identityOf(process.pid) ?? { pid: process.pid, startedAt: '' }),
    place: placeOfProcesses(),
  };
  const unfinished = join(folder, `${randomUUID()}.tmp`);
  writeFileSync(unfinished, JSON.stringify(own), { flush: true });
  try {
    linkSync(unfinished, fileOf(folder, last + 1));
    return last + 1;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return undefined;
    throw error;
  } finally {
    rmSync(unfinished, { force: true });
  }
}

/** Says to other machines that the keeper of this attempt lives. */
export function touchAttempt(folder: string, attempt: number): void {
  const now = new Date();
  utimesSync(fileOf(folder, attempt), now, now);
}
