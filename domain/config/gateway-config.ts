import { parseConfig, type Config, type Environment } from './parse-config.js';
import {
  artifactsFolder,
  commands,
  decisionPublicKeyFile,
  deployedDatabaseUrl,
  gatewayHost,
  gatewayPort,
  logLevel,
  optional,
  providersByName,
  secretsCommand,
  secretsFolder,
} from './variables.js';

export const gatewayShape = {
  databaseUrl: deployedDatabaseUrl,
  host: gatewayHost,
  port: gatewayPort,
  decisionPublicKeyFile,
  /** Where it is given, the stored weights are verified too before a version is served. */
  artifactsFolder: optional(artifactsFolder),
  providers: providersByName,
  /** Of these only who serves what they train. */
  commands: optional(commands),
  secretsFolder,
  secretsCommand,
  logLevel,
};

export type GatewayConfig = Config<typeof gatewayShape>;

/** What the gateway process is told. @throws LifecycleError INVALID_INPUT */
export const parseGatewayConfig = (environment: Environment): GatewayConfig => parseConfig(gatewayShape, environment);
