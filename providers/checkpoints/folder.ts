import { randomUUID } from 'node:crypto';
import { link, mkdir, open, readFile, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { providerError } from '../../domain/kernel/errors.js';
import { copyName, type CheckpointCopies, type CheckpointCopy } from '../../domain/ports/checkpoint-copies.js';
import { otherCopy } from './other-copy.js';

/**
 * Copies in a folder, e.g. on a disk of another machine. A copy comes to its name by a hard link after its bytes are on
 * the disk: whole, or not there, and never over another.
 */
export function createFolderCopies(path: string): CheckpointCopies {
  const root = resolve(path);
  return {
    name: `folder ${root}`,
    async put(copy) {
      const { folder, file } = copyName(copy);
      try {
        await mkdir(join(root, folder), { recursive: true });
        await writeOnce(join(root, folder), file, copy);
      } catch (cause) {
        if (!isSystemError(cause)) throw cause;
        throw providerError(`Cannot copy checkpoints to ${root}: ${cause.message}`, { retryable: true }, cause);
      }
    },
  };
}

async function writeOnce(folder: string, file: string, copy: CheckpointCopy): Promise<void> {
  const unfinished = join(folder, `.${randomUUID()}.new`);
  try {
    await writeSafely(unfinished, copy.note);
    await link(unfinished, join(folder, file));
  } catch (error) {
    if (!isSystemError(error) || error.code !== 'EEXIST') throw error;
    if ((await readFile(join(folder, file), 'utf8')) !== copy.note) throw otherCopy(folder, copy);
  } finally {
    await rm(unfinished, { force: true });
  }
  await syncFolder(folder);
}

async function writeSafely(path: string, text: string): Promise<void> {
  const file = await open(path, 'wx', 0o444);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** The name is on the disk too. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

const isSystemError = (error: unknown): error is NodeJS.ErrnoException => error instanceof Error && 'syscall' in error;
