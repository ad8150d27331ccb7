import { readdir, realpath } from 'node:fs/promises';
import { join, relative, isAbsolute, sep } from 'node:path';
import { LifecycleError } from '../../domain/kernel/errors.js';

export interface SourceFile {
  /** Where it is read. */
  absolute: string;
  /** Relative to the source's folder, with `/`. */
  path: string;
}

export type SourceFormat = 'eml' | 'jsonl';

const EXTENSIONS: Record<SourceFormat, readonly string[]> = { eml: ['.txt', '.eml'], jsonl: ['.jsonl'] };

/** Whether a path is `folder` or lies under it; both absolute and real. */
export function isInside(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

/** Whether a relative path leads through a name that begins with a dot. */
export const isHidden = (path: string): boolean => path.split(sep).some((name) => name.startsWith('.'));

/**
 * The files of a format that are not hidden, under a folder (its path absolute and real), at any depth, in the order of their paths' code units.
 * @throws LifecycleError NOT_FOUND where there is no folder or no such file in it; NOT_ALLOWED for a symbolic link,
 * wherever it leads: a source is what lies in its folder.
 */
export async function listFiles(folder: string, format: SourceFormat): Promise<SourceFile[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch((cause: unknown) => {
    throw new LifecycleError('NOT_FOUND', `There is no folder of data at ${folder}.`, { folder }, cause);
  });
  const link = (await realpath(folder)) === folder ? entries.find((entry) => entry.isSymbolicLink())?.name : '.';
  if (link !== undefined)
    throw new LifecycleError('NOT_ALLOWED', `${link} in ${folder} is a symbolic link. Put the data itself there.`, {
      folder,
      link,
    });
  const files = entries
    .filter((entry) => entry.isFile() && EXTENSIONS[format].some((extension) => entry.name.endsWith(extension)))
    .map((entry) => join(entry.parentPath, entry.name))
    .map((absolute) => ({ absolute, path: relative(folder, absolute) }))
    .filter(({ path }) => !isHidden(path))
    .map(({ absolute, path }) => ({ absolute, path: path.split(sep).join('/') }))
    .sort((left, right) => (left.path < right.path ? -1 : 1));
  if (files.length > 0) return files;
  const wanted = EXTENSIONS[format].join(' or ');
  throw new LifecycleError('NOT_FOUND', `There is no ${wanted} file in ${folder}.`, { folder, format });
}
