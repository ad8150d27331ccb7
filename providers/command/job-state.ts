import { readFileSync } from 'node:fs';
import { replaceFile } from './atomic-file.js';
import type { JobPaths } from './job-folder.js';
import type { JobState } from './job-spec.js';

/** Undefined before the first keeper has written it. */
export function readState(paths: JobPaths): JobState | undefined {
  try {
    return JSON.parse(readFileSync(paths.state, 'utf8')) as JobState;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

export const writeState = (paths: JobPaths, state: JobState): void => replaceFile(paths.state, JSON.stringify(state));
