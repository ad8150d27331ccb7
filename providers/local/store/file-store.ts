import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { LifecycleError } from '../../../domain/kernel/errors.js';
import { writeAtomically } from './atomic-file.js';
import { openRecordFolder } from './record-folder.js';
import { unixSeconds } from './unix-seconds.js';

const storedFileSchema = z.object({
  id: z.string(),
  filename: z.string(),
  purpose: z.enum(['fine-tune', 'fine-tune-results']),
  bytes: z.number(),
  createdAt: z.number(),
});
export type StoredFile = z.infer<typeof storedFileSchema>;

export interface FileStore {
  /** Storing under an id again replaces the content. */
  put(
    file: Pick<StoredFile, 'id' | 'filename' | 'purpose'>,
    content: string | Uint8Array | AsyncIterable<Uint8Array>,
  ): Promise<StoredFile>;
  /** @throws LifecycleError NOT_FOUND */
  get(id: string): StoredFile;
  open(id: string): AsyncIterable<Uint8Array>;
}

/** Files of the provider: the content first, then the record that makes it exist. */
export async function openFileStore(folder: string): Promise<FileStore> {
  const records = await openRecordFolder(folder, storedFileSchema);
  const contentPath = (id: string): string => join(folder, `${id}.content`);
  const get = (id: string): StoredFile => {
    const file = records.get(id);
    if (file !== undefined) return file;
    throw new LifecycleError('NOT_FOUND', `There is no file '${id}'. Upload it first.`, {
      param: 'id',
      reason: 'file_not_found',
    });
  };
  return {
    get,
    open: (id) => createReadStream(contentPath(get(id).id)),
    put: async (file, content) => {
      await writeAtomically(contentPath(file.id), content);
      const { size } = await stat(contentPath(file.id));
      const stored: StoredFile = { ...file, bytes: size, createdAt: unixSeconds() };
      await records.put(stored);
      return stored;
    },
  };
}
