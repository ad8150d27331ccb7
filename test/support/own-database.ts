import { afterAll, beforeAll } from 'vitest';
import { createDatabase, type DatabaseOptions, type OpenDatabase } from '../../db/pool.js';
import { createTestDatabase, type TestDatabase } from './postgres.js';
import { seedProject } from './seeded-project.js';

/**
 * A seeded database for the tests around the call, the application's pool on it, and the end of both after the last of
 * them. Hooks that come later find it open.
 */
export function ownDatabase(options: DatabaseOptions = {}) {
  let database: TestDatabase;
  let opened: OpenDatabase;
  beforeAll(async () => {
    database = await createTestDatabase();
    opened = createDatabase(database.appUrl, options);
    await seedProject(opened.db);
  });
  afterAll(async () => {
    await opened.close();
    await database.drop();
  });
  return {
    get db() {
      return opened.db;
    },
    get pool() {
      return opened.pool;
    },
    get appUrl() {
      return database.appUrl;
    },
    get apiUrl() {
      return database.apiUrl;
    },
    get ownerUrl() {
      return database.ownerUrl;
    },
  };
}
