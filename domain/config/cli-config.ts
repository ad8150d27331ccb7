import { parseConfig, type Config, type Environment } from './parse-config.js';
import {
  apiDatabaseUrl,
  apiPort,
  apiUrl,
  commands,
  databaseUrl,
  gatewayPort,
  home,
  noDownload,
  optional,
  ownerDatabaseUrl,
  packagesFolder,
  temporalAddress,
  temporalNamespace,
  token,
} from './variables.js';

/** `dev` and `demo` take a database or a Temporal only by Assay's own names: a stranger's is never written to. */
export const cliShape = {
  apiUrl: optional(apiUrl),
  token: optional(token),
  home,
  noDownload,
  databaseUrl: optional(databaseUrl),
  apiDatabaseUrl: optional(apiDatabaseUrl),
  ownerDatabaseUrl: optional(ownerDatabaseUrl),
  temporalAddress: optional(temporalAddress),
  temporalNamespace,
  apiPort: optional(apiPort),
  gatewayPort: optional(gatewayPort),
  packagesFolder,
  /** Handed on to the worker of `dev`. */
  commands: optional(commands),
};

export type CliConfig = Config<typeof cliShape>;

/** What the command line is told; everything may be left out. @throws LifecycleError INVALID_INPUT */
export const parseCliConfig = (environment: Environment): CliConfig => parseConfig(cliShape, environment);
