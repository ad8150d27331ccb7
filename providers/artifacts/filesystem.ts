import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { digestBytes } from '../../domain/evidence/canonical.js';
import { isDigest, shortDigest, type Digest } from '../../domain/kernel/digest.js';
import { LifecycleError, isLifecycleError } from '../../domain/kernel/errors.js';
import type { ArtifactStore } from '../../domain/ports/artifact-store.js';
import { writeBlob } from './write-blob.js';

/**
 * An artifact store in a folder: `blobs/sha256/ab/<64 hex digits>`, and `tmp/` beside it for what is being written. A
 * blob comes to its name by one rename after its bytes are on the disk, so a name always has a whole blob.
 */
export function createFilesystemArtifacts(folder: string): ArtifactStore {
  const pathOf = (digest: Digest): string => blobPath(folder, digest);
  return {
    put: (content) => writeBlob(folder, pathOf, content),
    get: (digest) => streamVerified(pathOf(digest), digest),
    read: (digest) => readVerified(pathOf(digest), digest),
    verify: (digest) => isIntact(pathOf(digest), digest),
  };
}

function blobPath(folder: string, digest: Digest): string {
  if (!isDigest(digest))
    throw new LifecycleError('INVALID_INPUT', 'An artifact is asked for by `sha256:` and 64 hex digits.');
  const hex = digest.slice('sha256:'.length);
  return join(folder, 'blobs', 'sha256', hex.slice(0, 2), hex);
}

/** Holds the last chunk back until the digest is known to fit: nobody receives the whole of an altered blob. */
async function* streamVerified(path: string, digest: Digest): AsyncGenerator<Uint8Array> {
  const hash = createHash('sha256');
  let held: Uint8Array | undefined;
  for await (const chunk of readChunks(path, digest)) {
    if (held !== undefined) yield held;
    hash.update(chunk);
    held = chunk;
  }
  if (`sha256:${hash.digest('hex')}` !== digest) throw altered(digest);
  if (held !== undefined) yield held;
}

async function* readChunks(path: string, digest: Digest): AsyncGenerator<Uint8Array> {
  try {
    for await (const chunk of createReadStream(path)) yield chunk as Buffer;
  } catch (cause) {
    throw readFailure(digest, cause);
  }
}

async function readVerified(path: string, digest: Digest): Promise<Buffer> {
  const bytes = await readFile(path).catch((cause: unknown) => {
    throw readFailure(digest, cause);
  });
  if (digestBytes(bytes) !== digest) throw altered(digest);
  return bytes;
}

async function isIntact(path: string, digest: Digest): Promise<boolean> {
  try {
    for await (const _ of streamVerified(path, digest));
    return true;
  } catch (error) {
    if (isLifecycleError(error, 'NOT_FOUND') || isLifecycleError(error, 'ARTIFACT')) return false;
    throw error;
  }
}

const altered = (digest: Digest): LifecycleError =>
  new LifecycleError(
    'ARTIFACT',
    `The artifact ${shortDigest(digest)} was altered on disk: its bytes are not those of its digest. Restore it from a copy.`,
    { digest },
  );

function readFailure(digest: Digest, cause: unknown): LifecycleError {
  const code = (cause as NodeJS.ErrnoException).code ?? 'unknown';
  if (code === 'ENOENT')
    return new LifecycleError(
      'NOT_FOUND',
      `There is no artifact ${shortDigest(digest)} in the store.`,
      { digest },
      cause,
    );
  return new LifecycleError(
    'INTERNAL',
    `The artifact ${shortDigest(digest)} cannot be read (${code}).`,
    { digest, code },
    cause,
  );
}
