import { LifecycleError } from '../kernel/errors.js';
import { parseConfig, type Config, type Environment } from './parse-config.js';
import {
  apiHost,
  apiPort,
  consoleFolder,
  decisionKeyFile,
  deployedDatabaseUrl,
  logLevel,
  oidcAcr,
  oidcClientId,
  oidcClientSecretFile,
  oidcIssuer,
  oidcLabel,
  publicUrl,
  readableArtifactsFolder,
} from './variables.js';

export const apiShape = {
  databaseUrl: deployedDatabaseUrl,
  host: apiHost,
  port: apiPort,
  decisionKeyFile,
  publicUrl,
  consoleFolder,
  oidcIssuer,
  oidcClientId,
  oidcClientSecretFile,
  oidcLabel,
  oidcAcr,
  artifactsFolder: readableArtifactsFolder,
  logLevel,
};

export type ApiConfig = Config<typeof apiShape>;

/** What the api process is told. @throws LifecycleError INVALID_INPUT */
export function parseApiConfig(environment: Environment): ApiConfig {
  const config = parseConfig(apiShape, environment);
  const problems = config.oidcIssuer === undefined ? [] : missingForOidc(config);
  if (problems.length === 0) return config;
  const message = `The environment is not complete or not right.\n${problems.join('\n')}`;
  throw new LifecycleError('INVALID_INPUT', message, { problems });
}

const missingForOidc = ({ oidcClientId: clientId, publicUrl: url }: ApiConfig): string[] => [
  ...(clientId === undefined ? ['ASSAY_OIDC_CLIENT_ID is missing: ASSAY_OIDC_ISSUER needs it.'] : []),
  ...(url === undefined ? ['ASSAY_PUBLIC_URL is missing: the OpenID provider sends people back to it.'] : []),
];
