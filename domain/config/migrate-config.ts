import { parseConfig, type Config, type Environment } from './parse-config.js';
import { deployedOwnerDatabaseUrl } from './variables.js';

export const migrateShape = { ownerDatabaseUrl: deployedOwnerDatabaseUrl };

export type MigrateConfig = Config<typeof migrateShape>;

/** What the migration is told. @throws LifecycleError INVALID_INPUT */
export const parseMigrateConfig = (environment: Environment): MigrateConfig => parseConfig(migrateShape, environment);
