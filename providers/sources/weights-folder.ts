import { constants } from 'node:fs';
import { open, readdir, stat, type FileHandle } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';
import { LifecycleError } from '../../domain/kernel/errors.js';
import type { WeightsFile, WeightsFolders } from '../../domain/ports/base-sources.js';
import { findInside } from './file.js';
import { isHidden } from './list-files.js';

/** They are programs in another form: whoever loads one runs what is in it. */
const PICKLES = new Set(['.bin', '.pt', '.pth', '.pkl', '.pickle', '.ckpt', '.joblib', '.npy', '.npz']);
const WEIGHTS = new Set(['.safetensors', '.gguf']);
/** What lies beside weights: configuration, tokenizers, words. */
const BESIDE = new Set(['.json', '.txt', '.md', '.model', '.jinja', '.tiktoken', '.yaml', '.yml', '']);
const MOST_FILES = 2_000;
const LARGEST_BESIDE = 64 * 1024 * 1024;
const CHUNK = 1024 * 1024;

/** Folders of weights under `filesFolder`, the folder in which the worker also finds `file:` sources. */
export function createWeightsFolders(filesFolder: string): WeightsFolders {
  return {
    async open(folder) {
      const root = await findInside(filesFolder, `file:${folder}`);
      if (!(await stat(root)).isDirectory()) throw refused(folder, 'is not a folder');
      const entries = await readdir(root, { recursive: true, withFileTypes: true });
      if (entries.length > MOST_FILES) throw refused(folder, `has more than ${MOST_FILES} entries`);
      const files: WeightsFile[] = [];
      for (const entry of entries) {
        const absolute = join(entry.parentPath, entry.name);
        const path = relative(root, absolute).split(sep).join('/');
        if (entry.isSymbolicLink()) throw refused(path, 'is a symbolic link. Put the file itself there');
        if (entry.isDirectory() || isHidden(path)) continue;
        if (!entry.isFile()) throw refused(path, 'is neither a file nor a folder');
        files.push(await judged(absolute, path));
      }
      if (!files.some(({ path }) => WEIGHTS.has(kindOf(path))))
        throw new LifecycleError('NOT_FOUND', `There are no .safetensors or .gguf files in ${folder}.`, { folder });
      return files.toSorted((left, right) => (left.path < right.path ? -1 : 1));
    },
  };
}

const kindOf = (path: string): string => extname(path).toLowerCase();

async function judged(absolute: string, path: string): Promise<WeightsFile> {
  const kind = kindOf(path);
  if (PICKLES.has(kind))
    throw refused(path, 'may run code when it is loaded (a pickle). Convert it to .safetensors or .gguf');
  if (!WEIGHTS.has(kind) && !BESIDE.has(kind)) throw refused(path, 'is of a kind that is not accepted');
  const handle = await openPlain(absolute, path);
  try {
    const { size } = await handle.stat();
    if (!WEIGHTS.has(kind) && size > LARGEST_BESIDE) throw refused(path, `is larger than ${LARGEST_BESIDE} bytes`);
    if (kind === '.gguf' && !(await isGguf(handle))) throw refused(path, 'does not begin as a GGUF file does');
    if (kind === '.safetensors' && !(await isSafetensors(handle, size)))
      throw refused(path, 'does not begin as a safetensors file does');
    return { path, bytes: size, content: () => chunksOf(absolute, path) };
  } finally {
    await handle.close();
  }
}

/** Follows no link, so that a file exchanged for one since it was listed is refused as well. */
function openPlain(absolute: string, path: string): Promise<FileHandle> {
  return open(absolute, constants.O_RDONLY | constants.O_NOFOLLOW).catch((cause: NodeJS.ErrnoException) => {
    throw new LifecycleError(
      cause.code === 'ELOOP' ? 'NOT_ALLOWED' : 'NOT_FOUND',
      `${path} cannot be opened (${cause.code ?? 'unknown'}).`,
      { path },
      cause,
    );
  });
}

async function firstBytes(handle: FileHandle, count: number): Promise<Buffer> {
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(count), 0, count, 0);
  return buffer.subarray(0, bytesRead);
}

const isGguf = async (handle: FileHandle): Promise<boolean> =>
  (await firstBytes(handle, 4)).toString('latin1') === 'GGUF';

/** Eight bytes that give the length of a JSON header, and its first brace. */
async function isSafetensors(handle: FileHandle, size: number): Promise<boolean> {
  const head = await firstBytes(handle, 9);
  if (head.length < 9) return false;
  const headerBytes = head.readBigUInt64LE(0);
  return headerBytes >= 2n && headerBytes + 8n <= BigInt(size) && head[8] === '{'.charCodeAt(0);
}

async function* chunksOf(absolute: string, path: string): AsyncGenerator<Uint8Array> {
  const handle = await openPlain(absolute, path);
  try {
    yield* handle.createReadStream({ highWaterMark: CHUNK, autoClose: false }) as AsyncIterable<Uint8Array>;
  } finally {
    await handle.close();
  }
}

const refused = (path: string, why: string): LifecycleError =>
  new LifecycleError('NOT_ALLOWED', `${path} ${why}.`, { path });
