import { createHash, randomUUID } from 'node:crypto';
import { mkdir, open, readdir, rename, rm, stat, type FileHandle } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Digest } from '../../domain/kernel/digest.js';
import { LifecycleError } from '../../domain/kernel/errors.js';
import type { ArtifactRef, ArtifactStore } from '../../domain/ports/artifact-store.js';

type Content = Parameters<ArtifactStore['put']>[0];

/**
 * Writes a stream to `tmp/`, and only when all of it is on the disk renames it to the name that its digest gives. The
 * folders are synced too, so that the name outlives a power cut. On any error the temporary file is removed.
 * @throws LifecycleError INTERNAL with the system's code (ENOSPC, EACCES); what `content` throws goes through as it is.
 */
export async function writeBlob(
  folder: string,
  pathOf: (digest: Digest) => string,
  content: Content,
): Promise<ArtifactRef> {
  const waiting = join(folder, 'tmp');
  await onDisk(() => mkdir(waiting, { recursive: true, mode: 0o700 }));
  await removeLeftovers(waiting);
  const temporary = join(waiting, randomUUID());
  try {
    const written = await writeTemporary(temporary, content);
    await onDisk(() => moveInto(pathOf(written.digest), temporary));
    return written;
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

async function writeTemporary(path: string, content: Content): Promise<ArtifactRef> {
  const file = await onDisk(() => open(path, 'wx', 0o600));
  try {
    const hash = createHash('sha256');
    let bytes = 0;
    for await (const chunk of content) {
      hash.update(chunk);
      bytes += chunk.byteLength;
      await onDisk(() => file.appendFile(chunk));
    }
    await onDisk(() => file.sync());
    return { digest: `sha256:${hash.digest('hex')}`, bytes };
  } finally {
    await file.close();
  }
}

async function moveInto(path: string, temporary: string): Promise<void> {
  const first = await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  await rename(temporary, path);
  // From the blob's folder up to the one in which the first new folder stands.
  const top = first === undefined ? dirname(path) : dirname(first);
  for (let folder = dirname(path); folder.length >= top.length; folder = dirname(folder)) await syncFolder(folder);
}

async function syncFolder(path: string): Promise<void> {
  let folder: FileHandle | undefined;
  try {
    folder = await open(path, 'r');
    await folder.sync();
  } finally {
    await folder?.close();
  }
}

const ABANDONED_MILLISECONDS = 24 * 60 * 60 * 1000;

/** Removes what a killed process left a day ago or before; younger files may still be written by another process. */
async function removeLeftovers(waiting: string): Promise<void> {
  for (const name of await readdir(waiting)) {
    const path = join(waiting, name);
    const found = await stat(path).catch(() => undefined);
    if (found !== undefined && Date.now() - found.mtimeMs > ABANDONED_MILLISECONDS) await rm(path, { force: true });
  }
}

async function onDisk<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code ?? 'unknown';
    const advice = code === 'ENOSPC' ? 'The disk is full: make room' : 'Look at the folder and its permissions';
    throw new LifecycleError('INTERNAL', `The artifact store cannot write (${code}). ${advice}.`, { code }, cause);
  }
}
