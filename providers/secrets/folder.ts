import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { LifecycleError } from '../../domain/kernel/errors.js';
import type { SecretSource } from '../../domain/ports/secrets.js';

const MOST_BYTES = 64 * 1024;
const OTHERS_MAY_WRITE = 0o022;

/** A folder with one file a secret, as Docker and Kubernetes mount them. A newline at the end is cut. */
export function createFolderSecrets(folder: string): SecretSource {
  const pathOf = (name: string): string => join(folder, name);
  return {
    place: (name) => `the file ${pathOf(name)}`,
    read: (name) => readSecretFile(pathOf(name)),
  };
}

/** @throws LifecycleError INVALID_INPUT for what is no plain file, is too large, or may be written by others. */
async function readSecretFile(path: string): Promise<string | undefined> {
  // O_NONBLOCK: a pipe in its place is refused below, not waited for.
  const file = await openIfThere(path);
  if (file === undefined) return undefined;
  try {
    const { mode, size } = await file.stat();
    if ((mode & 0o170000) !== 0o100000) throw refuse(path, 'is no plain file');
    if ((mode & OTHERS_MAY_WRITE) !== 0) throw refuse(path, 'may be written by others: chmod go-w');
    if (size > MOST_BYTES) throw refuse(path, `is larger than ${MOST_BYTES} bytes`);
    return (await file.readFile('utf8')).replace(/\r?\n$/, '') || undefined;
  } finally {
    await file.close();
  }
}

async function openIfThere(path: string) {
  try {
    return await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw refuse(path, `cannot be read (${code})`);
  }
}

const refuse = (path: string, why: string): LifecycleError =>
  new LifecycleError('INVALID_INPUT', `The secret's file ${path} ${why}.`, { path });
