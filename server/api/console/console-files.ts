import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { extname, join, sep } from 'node:path';

/** A file of the console as it is sent. */
export interface ConsoleFile {
  bytes: Uint8Array<ArrayBuffer>;
  type: string;
}

/** The built console in memory: what is not in here cannot be asked for, whatever the path says. */
export interface ConsoleFiles {
  /** The page of every address of the console; the place of the nonce is marked. */
  index: string;
  /** By path, e.g. `/assets/main-3f2a.js`. Their names change with their content. */
  assets: ReadonlyMap<string, ConsoleFile>;
}

/** Stands in the built page where each answer puts a nonce of its own. */
export const NONCE_MARK = '__ASSAY_NONCE__';

const TYPES: Record<string, string> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/** Reads a built console; undefined where the folder holds none. */
export async function readConsole(folder: string): Promise<ConsoleFiles | undefined> {
  const index = await readFile(join(folder, 'index.html'), 'utf8').catch(() => undefined);
  if (index === undefined) return undefined;
  const names = await readdir(join(folder, 'assets'), { recursive: true });
  const assets = new Map<string, ConsoleFile>();
  for (const name of names) {
    const type = TYPES[extname(name)];
    if (type === undefined) continue;
    const bytes = new Uint8Array(await readFile(join(folder, 'assets', name)));
    assets.set(`/assets/${name.split(sep).join('/')}`, { bytes, type });
  }
  return { index, assets };
}

/** Of an asset, for caches that ask again. */
export const etagOf = ({ bytes }: ConsoleFile): string =>
  `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`;
