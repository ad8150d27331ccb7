import { lstat, mkdir, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { LifecycleError } from '../../domain/kernel/errors.js';

/**
 * Writes files into a folder; nothing that is there is ever written over.
 * @throws LifecycleError CONFLICT with all that is in the way, before anything is written
 */
export async function writeNewFiles(folder: string, files: ReadonlyMap<string, string>): Promise<string[]> {
  const paths = [...files.keys()].map((path) => join(folder, path));
  const inTheWay = [...((await isOtherThanFolder(folder)) ? [folder] : []), ...(await existing(paths))];
  if (inTheWay.length > 0) throw conflict(inTheWay);
  for (const [path, text] of files) {
    const target = join(folder, path);
    try {
      await mkdir(dirname(target), { recursive: true });
      await writeFile(target, text, { flag: 'wx' });
    } catch (cause) {
      if (['EEXIST', 'ENOTDIR'].includes(String(codeOf(cause)))) throw conflict([target], cause);
      throw cause;
    }
  }
  return paths;
}

async function existing(paths: readonly string[]): Promise<string[]> {
  const found = await Promise.all(paths.map(async (path) => ((await look(path)) === undefined ? [] : [path])));
  return found.flat();
}

const isOtherThanFolder = async (path: string): Promise<boolean> => {
  const found = await look(path, true);
  return found !== undefined && !found.isDirectory();
};

/** What stands at a path, links not followed unless asked; undefined where there is nothing. */
async function look(path: string, followed = false) {
  try {
    return await (followed ? stat(path) : lstat(path));
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(String(codeOf(error)))) return undefined;
    throw error;
  }
}

const codeOf = (error: unknown): unknown => (error as { code?: unknown } | null)?.code;

const conflict = (inTheWay: string[], cause?: unknown): LifecycleError =>
  new LifecycleError(
    'CONFLICT',
    `Nothing was written: there already ${inTheWay.length === 1 ? 'is' : 'are'} ${inTheWay.join(', ')}. Choose another folder.`,
    { inTheWay },
    cause,
  );
