import { parseConfig, type Config, type Environment } from './parse-config.js';
import {
  decisionPublicKeyFile,
  deployedDatabaseUrl,
  gatewayHost,
  gatewayPort,
  logLevel,
  providersByName,
} from './variables.js';

export const gatewayShape = {
  databaseUrl: deployedDatabaseUrl,
  host: gatewayHost,
  port: gatewayPort,
  decisionPublicKeyFile,
  providers: providersByName,
  logLevel,
};

export type GatewayConfig = Config<typeof gatewayShape>;

/** What the gateway process is told. @throws LifecycleError INVALID_INPUT */
export const parseGatewayConfig = (environment: Environment): GatewayConfig => parseConfig(gatewayShape, environment);
