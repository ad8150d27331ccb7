import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** Bytes of all files below a folder as the disk counts them. Links are not followed; what goes away meanwhile counts 0. */
export async function folderBytes(folder: string): Promise<number> {
  let bytes = 0;
  for (const entry of await readdir(folder, { withFileTypes: true }).catch(() => [])) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) bytes += await folderBytes(path);
    else bytes += ((await lstat(path).catch(() => undefined))?.blocks ?? 0) * 512;
  }
  return bytes;
}
