import { readFile } from 'node:fs/promises';
import { LifecycleError } from '../domain/kernel/errors.js';

/** A text file that somebody named. @throws LifecycleError NOT_FOUND */
export const readNamedFile = (file: string): Promise<string> =>
  readFile(file, 'utf8').catch((cause: unknown) => {
    throw new LifecycleError('NOT_FOUND', `Cannot read ${file}. Check the path.`, { file }, cause);
  });
