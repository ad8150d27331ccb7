import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { LifecycleError } from '../domain/kernel/errors.js';

export interface Migration {
  number: number;
  name: string;
  sha256: string;
  sql: string;
}

export type AppliedMigration = Omit<Migration, 'sql'>;

export const MIGRATIONS_FOLDER = fileURLToPath(new URL('./migrations/', import.meta.url));

const FILE_NAME = /^(\d{4})_[a-z0-9_]+\.sql$/;

/** The released migrations in ascending order. @throws LifecycleError INVALID_INPUT for a hole or a double number. */
export async function readMigrations(folder: string = MIGRATIONS_FOLDER): Promise<Migration[]> {
  const names = (await readdir(folder)).filter((name) => FILE_NAME.test(name)).sort();
  const migrations = await Promise.all(
    names.map(async (name) => {
      const sql = await readFile(join(folder, name), 'utf8');
      return { number: Number(name.slice(0, 4)), name, sha256: createHash('sha256').update(sql).digest('hex'), sql };
    }),
  );
  for (const [index, migration] of migrations.entries()) {
    if (migration.number === index + 1) continue;
    throw new LifecycleError(
      'INVALID_INPUT',
      `Migration ${index + 1} is missing: ${migration.name} stands in its place. Migrations are numbered without holes; restore the file.`,
    );
  }
  return migrations;
}

/**
 * What is still to be applied.
 * @throws LifecycleError CONFLICT where the database holds a migration that this version does not know or that differs.
 */
export function pendingMigrations(
  applied: readonly AppliedMigration[],
  released: readonly Migration[],
): readonly Migration[] {
  for (const [index, row] of applied.entries()) {
    const file = released[index];
    if (file === undefined)
      throw new LifecycleError(
        'CONFLICT',
        `The database was migrated by a newer version of Assay (${row.name} is not known here). Upgrade this process.`,
      );
    if (file.number !== row.number || file.name !== row.name || file.sha256 !== row.sha256)
      throw new LifecycleError(
        'CONFLICT',
        `Migration ${row.name} is applied with other content than ${file.name} has here. A released migration never changes: restore the file and add a new one.`,
      );
  }
  return released.slice(applied.length);
}
