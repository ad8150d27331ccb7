import { parseConfig, type Config, type Environment } from './parse-config.js';
import {
  artifactsFolder,
  checkpointCopies,
  commands,
  decisionPublicKeyFile,
  deployedDatabaseUrl,
  deployedTemporalAddress,
  deployedTemporalNamespace,
  home,
  jobsFolder,
  logKeyFile,
  logLevel,
  optional,
  packagesFolder,
  payloadKeys,
  providersByName,
  publicUrl,
  secretsCommand,
  secretsFolder,
  smtp,
  webhookAllowLocal,
} from './variables.js';

export const workerShape = {
  databaseUrl: deployedDatabaseUrl,
  temporalAddress: deployedTemporalAddress,
  temporalNamespace: deployedTemporalNamespace,
  artifactsFolder,
  decisionPublicKeyFile,
  logKeyFile,
  checkpointCopies,
  providers: providersByName,
  commands: optional(commands),
  /** Default: `jobs` in the home. */
  jobsFolder: optional(jobsFolder),
  secretsFolder,
  secretsCommand,
  payloadKeys,
  webhookAllowLocal,
  smtp,
  publicUrl,
  packagesFolder,
  home,
  logLevel,
};

export type WorkerConfig = Config<typeof workerShape>;

/** What a worker process is told. @throws LifecycleError INVALID_INPUT */
export const parseWorkerConfig = (environment: Environment): WorkerConfig => parseConfig(workerShape, environment);
