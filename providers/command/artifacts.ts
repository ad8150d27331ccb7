import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { lstat, open, readdir, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { LifecycleError } from '../../domain/kernel/errors.js';
import { printSize } from '../../domain/kernel/units/size.js';

const MOST_FILES = 1_000;

export interface FoundArtifact {
  /** Path inside the folder, with `/`. */
  name: string;
  digest: string;
  bytes: number;
}

/**
 * All that a command left, hashed. @throws LifecycleError ARTIFACT where it is no result: the weights are not there, a
 * link leads elsewhere, it is too much, or it changes while it is read.
 */
export async function takeInventory(
  folder: string,
  { weights, mostBytes }: { weights: string; mostBytes: number },
): Promise<FoundArtifact[]> {
  const names = await listFiles(folder, '');
  if (!names.includes(weights)) {
    const others = names.length === 0 ? 'nothing' : names.slice(0, 5).join(', ');
    throw refusal(`it left no artifacts/${weights} (found there: ${others})`);
  }
  const found: FoundArtifact[] = [];
  let bytes = 0;
  for (const name of names) {
    const hash = createHash('sha256');
    let size = 0;
    for await (const chunk of readStable(join(folder, name), name)) {
      hash.update(chunk);
      size += chunk.byteLength;
      bytes += chunk.byteLength;
      if (bytes > mostBytes) throw refusal(`its artifacts are more than ${printSize(mostBytes)}`);
    }
    found.push({ name, digest: `sha256:${hash.digest('hex')}`, bytes: size });
  }
  return found;
}

async function listFiles(folder: string, within: string): Promise<string[]> {
  const here = await lstat(folder).catch(() => undefined);
  if (here?.isDirectory() !== true) throw refusal(`artifacts/${within} is not a folder`);
  const names: string[] = [];
  for (const entry of (await readdir(folder, { withFileTypes: true })).sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const name = within === '' ? entry.name : `${within}/${entry.name}`;
    if (entry.isDirectory()) names.push(...(await listFiles(join(folder, entry.name), name)));
    else if (entry.isFile()) names.push(name);
    else
      throw refusal(
        `artifacts/${name} is ${entry.isSymbolicLink() ? 'a link' : 'not a plain file'}: links are not followed`,
      );
    if (names.length > MOST_FILES) throw refusal(`it left more than ${MOST_FILES} files`);
  }
  return names;
}

/**
 * A file's bytes, through no link. @throws LifecycleError ARTIFACT when the file is another one at the end than at the
 * beginning, or has other bytes than `digest` says.
 */
export async function* readStable(path: string, name: string, digest?: string): AsyncGenerator<Uint8Array> {
  const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK).catch(
    (cause: unknown) => {
      throw refusal(`artifacts/${name} cannot be read (${(cause as NodeJS.ErrnoException).code})`);
    },
  );
  try {
    const before = await identity(file);
    const hash = createHash('sha256');
    for await (const chunk of file.createReadStream({ autoClose: false, highWaterMark: 1024 * 1024 })) {
      hash.update(chunk as Buffer);
      yield chunk as Buffer;
    }
    const isOther = digest !== undefined && `sha256:${hash.digest('hex')}` !== digest;
    if (isOther || (await identity(file)) !== before) throw refusal(`artifacts/${name} was changed while it was read`);
  } finally {
    await file.close();
  }
}

async function identity(file: FileHandle): Promise<string> {
  const { dev, ino, size, mtimeNs, ctimeNs } = await file.stat({ bigint: true });
  return [dev, ino, size, mtimeNs, ctimeNs].join(' ');
}

const refusal = (what: string): LifecycleError => new LifecycleError('ARTIFACT', what);
