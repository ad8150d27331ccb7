import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export const MOMENTS = ['before', 'during', 'after'] as const;

/** What a process does to itself there: `kill -9`, SIGSTOP, or memory until there is none. */
export type Deed = 'kill' | 'freeze' | 'out-of-memory';

/**
 * A moment in a process of Assay at which it is to be hit, once. `occurrence` counts from 1 in the process that gets
 * there.
 */
export type Failpoint = { occurrence: number; deed: Deed } & (
  | { at: 'activity'; activity: string; moment: 'before' | 'after' }
  /** With its nth write to the database made and not committed; of one that writes nothing, at its nth question. */
  | { at: 'activity'; activity: string; moment: 'during'; of: 'writes' | 'reads'; nth: number }
  /** A statement of the process outside activities that holds this text. */
  | { at: 'statement'; text: string; moment: 'before' | 'after' }
  /** A request that was dealt with and committed, and not answered: `POST /v1/runs`. */
  | { at: 'reply'; request: string }
);

/** Where a process that was started by the drill looks for the failpoint that is armed. */
export const FOLDER_VARIABLE = 'ASSAY_DRILL_FOLDER';

const armedIn = (folder: string): string => join(folder, 'armed.json');

/** One at a time: whoever reaches it takes it away before it is hit. */
export const armFailpoint = (folder: string, failpoint: Failpoint): void =>
  writeFileSync(armedIn(folder), JSON.stringify(failpoint));

export const isArmed = (folder: string): boolean => existsSync(armedIn(folder));

export function armedFailpoint(folder: string): Failpoint | undefined {
  try {
    return JSON.parse(readFileSync(armedIn(folder), 'utf8')) as Failpoint;
  } catch {
    return undefined;
  }
}

/** True for the one process that takes it. */
export function takeFailpoint(folder: string): boolean {
  try {
    renameSync(armedIn(folder), join(folder, `taken-${process.pid}-${Date.now()}.json`));
    return true;
  } catch {
    return false;
  }
}
