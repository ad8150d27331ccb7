import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { armedFailpoint, FOLDER_VARIABLE, takeFailpoint, type Deed, type Failpoint } from '../failpoint.js';

const folder = process.env[FOLDER_VARIABLE] ?? '';
const reached = new Map<string, number>();

/** The failpoint that is armed, where it is of this kind. */
export function armed<At extends Failpoint['at']>(at: At): Extract<Failpoint, { at: At }> | undefined {
  const failpoint = armedFailpoint(folder);
  return failpoint?.at === at ? (failpoint as Extract<Failpoint, { at: At }>) : undefined;
}

/** Counts that this process is at the armed moment, and hits it when it is the one. */
export function reach(failpoint: Failpoint): void {
  const key = JSON.stringify(failpoint);
  const times = (reached.get(key) ?? 0) + 1;
  reached.set(key, times);
  if (times === failpoint.occurrence && takeFailpoint(folder)) hit(failpoint.deed);
}

/** Notes what a process did, for whoever plans the next failpoints. */
export const trace = (entry: object): void => appendFileSync(join(folder, 'trace.jsonl'), `${JSON.stringify(entry)}\n`);

function hit(deed: Deed): void {
  if (deed === 'out-of-memory') exhaustMemory();
  process.kill(process.pid, deed === 'kill' ? 'SIGKILL' : 'SIGSTOP');
  // The signal may be a moment late: nothing more is done meanwhile.
  if (deed === 'kill') for (;;);
}

function exhaustMemory(): never {
  const kept: number[][] = [];
  for (;;) kept.push(Array.from({ length: 100_000 }, () => Math.random()));
}
