import { realpath, stat } from 'node:fs/promises';
import { basename, relative, resolve } from 'node:path';
import { LifecycleError } from '../../domain/kernel/errors.js';
import type { SourcePort } from '../../domain/ports/source.js';
import { isHidden, isInside, listFiles, type SourceFile } from './list-files.js';
import { readRecords } from './read-records.js';

/**
 * Opens `file:<path>`, a file or a folder under `filesFolder`, the path relative to it. What is hidden is no data: the
 * folder of Assay's own state, with its keys, is.
 */
export function createFileSource(filesFolder: string): SourcePort {
  return {
    async open(uri, format = 'eml') {
      const path = await findInside(filesFolder, uri);
      const found = await stat(path);
      if (!found.isDirectory() && !found.isFile()) throw notAFile(uri);
      const files: SourceFile[] = found.isFile()
        ? [{ absolute: path, path: basename(path) }]
        : await listFiles(path, format);
      const origin = { path: uri.replace(/^file:/u, '') };
      return { claims: { uri, origin, licences: [], description: null }, records: readRecords(files, format) };
    },
  };
}

/**
 * The real path of `file:<path>` under a folder.
 * @throws LifecycleError NOT_FOUND; NOT_ALLOWED where it leads out, or through what is hidden
 */
export async function findInside(filesFolder: string, uri: string): Promise<string> {
  const root = await realpath(filesFolder);
  const asked = resolve(root, uri.replace(/^file:/u, ''));
  if (!isInside(root, asked)) throw leadsOut(uri);
  const real = await realpath(asked).catch(() => undefined);
  if (real === undefined)
    throw new LifecycleError('NOT_FOUND', `There is nothing at ${uri} in the project's folder. Check the path.`, {
      uri,
    });
  if (!isInside(root, real)) throw leadsOut(uri);
  if (isHidden(relative(root, real))) throw leadsIntoHidden(uri);
  return real;
}

const leadsOut = (uri: string): LifecycleError =>
  new LifecycleError('NOT_ALLOWED', `${uri} leads out of the project's folder. Put the data inside it.`, { uri });

const leadsIntoHidden = (uri: string): LifecycleError =>
  new LifecycleError('NOT_ALLOWED', `${uri} is hidden or lies in a hidden folder. Put the data elsewhere.`, { uri });

const notAFile = (uri: string): LifecycleError =>
  new LifecycleError('NOT_ALLOWED', `${uri} is neither a file nor a folder.`, { uri });
