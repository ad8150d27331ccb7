import { mkdir, readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { z } from 'zod';
import { LifecycleError } from '../../../domain/kernel/errors.js';
import { removeTemporaries, writeAtomically } from './atomic-file.js';

export interface RecordFolder<T> {
  get(id: string): T | undefined;
  all(): T[];
  /** Durable before it is visible. */
  put(record: T): Promise<void>;
}

/**
 * Small records, one JSON file each, held in memory. An id from outside is only ever looked up, never made a path.
 * @throws LifecycleError INTERNAL when a file in the folder is not such a record.
 */
export async function openRecordFolder<T extends { id: string }>(
  folder: string,
  schema: z.ZodType<T>,
): Promise<RecordFolder<T>> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await removeTemporaries(folder);
  const records = new Map<string, T>();
  for (const name of (await readdir(folder)).filter((name) => name.endsWith('.json'))) {
    const record = parseRecord(await readFile(join(folder, name), 'utf8'), schema, join(folder, name));
    records.set(record.id, record);
  }
  return {
    get: (id) => records.get(id),
    all: () => [...records.values()],
    put: async (record) => {
      await writeAtomically(join(folder, `${record.id}.json`), `${JSON.stringify(record)}\n`);
      records.set(record.id, record);
    },
  };
}

function parseRecord<T>(text: string, schema: z.ZodType<T>, path: string): T {
  try {
    return schema.parse(JSON.parse(text));
  } catch (cause) {
    const message = `The provider's state file ${path} is damaged. Restore it, or start with another state folder.`;
    throw new LifecycleError('INTERNAL', message, { path }, cause);
  }
}
