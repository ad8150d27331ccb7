import { LifecycleError } from '../domain/kernel/errors.js';
import { withDatabaseErrors } from './database-error.js';
import type { Database } from './pool.js';
import { instance } from './schema/instance.js';

/** This installation: its id is what signed statements are bound to. */
export const readInstance = (db: Database): Promise<{ id: string; name: string }> =>
  withDatabaseErrors(async () => {
    const [row] = await db.select({ id: instance.id, name: instance.name }).from(instance);
    if (row === undefined) throw new LifecycleError('INTERNAL', 'The table instance is empty: migrate again.');
    return row;
  });
