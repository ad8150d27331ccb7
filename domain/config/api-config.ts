import { parseConfig, type Config, type Environment } from './parse-config.js';
import {
  apiHost,
  apiPort,
  consoleFolder,
  decisionKeyFile,
  deployedDatabaseUrl,
  logLevel,
  publicUrl,
} from './variables.js';

export const apiShape = {
  databaseUrl: deployedDatabaseUrl,
  host: apiHost,
  port: apiPort,
  decisionKeyFile,
  publicUrl,
  consoleFolder,
  logLevel,
};

export type ApiConfig = Config<typeof apiShape>;

/** What the api process is told. @throws LifecycleError INVALID_INPUT */
export const parseApiConfig = (environment: Environment): ApiConfig => parseConfig(apiShape, environment);
