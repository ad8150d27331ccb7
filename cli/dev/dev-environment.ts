import { join } from 'node:path';
import type { KeyFiles } from './keys.js';

export interface DevSettings {
  readonly home: string;
  /** `<cacheHome>/cache` outlives a state folder that is wiped: programs and prebuilt bundles. */
  readonly cacheHome: string;
  readonly packagesFolder: string;
  readonly databaseUrl: string;
  /** The api's, who alone may change accounts. */
  readonly apiDatabaseUrl: string;
  readonly temporalAddress: string;
  readonly temporalNamespace: string;
  readonly keys: KeyFiles;
  readonly ports: { readonly api: number; readonly gateway: number; readonly provider: number };
  readonly providerKey: string;
  /** `ASSAY_COMMANDS` of worker and gateway; undefined: there are none. */
  readonly commands: string | undefined;
  /** The folder of the built console; undefined: there is none. */
  readonly console: string | undefined;
}

const HOST = '127.0.0.1';

export const urlAt = (port: number): string => `http://${HOST}:${port}`;
const jobsIn = (home: string): string => join(home, 'jobs');
export const artifactsIn = (home: string): string => join(home, 'artifacts');

/** What each process is told, in the variables that a deployment uses too. */
export function devEnvironments(settings: DevSettings) {
  const { home, keys, ports, providerKey } = settings;
  const providers = { local: { baseUrl: `${urlAt(ports.provider)}/v1`, apiKey: providerKey } };
  const temporal = {
    ASSAY_TEMPORAL_ADDRESS: settings.temporalAddress,
    ASSAY_TEMPORAL_NAMESPACE: settings.temporalNamespace,
  };
  const database = { ASSAY_DATABASE_URL: settings.databaseUrl };
  const serving = {
    ASSAY_PROVIDERS: JSON.stringify(providers),
    ASSAY_ARTIFACTS_FOLDER: artifactsIn(home),
    ASSAY_DECISION_PUBLIC_KEY_FILE: keys.decisionPublicKeyFile,
    ...(settings.commands !== undefined && { ASSAY_COMMANDS: settings.commands }),
  };
  return {
    provider: {
      ASSAY_LOCAL_PROVIDER_HOST: HOST,
      ASSAY_LOCAL_PROVIDER_PORT: String(ports.provider),
      ASSAY_LOCAL_PROVIDER_FOLDER: join(home, 'provider'),
      ASSAY_LOCAL_PROVIDER_KEY: providerKey,
    },
    api: {
      ASSAY_DATABASE_URL: settings.apiDatabaseUrl,
      ASSAY_PUBLIC_URL: urlAt(ports.api),
      ...temporal,
      ASSAY_API_HOST: HOST,
      ASSAY_API_PORT: String(ports.api),
      ASSAY_DECISION_KEY_FILE: keys.decisionKeyFile,
      ASSAY_ARTIFACTS_FOLDER: artifactsIn(home),
      ...(settings.console !== undefined && { ASSAY_CONSOLE_FOLDER: settings.console }),
    },
    worker: {
      ...database,
      ...temporal,
      ...serving,
      ASSAY_HOME: settings.cacheHome,
      ASSAY_JOBS_FOLDER: jobsIn(home),
      ASSAY_PACKAGES_FOLDER: settings.packagesFolder,
      ASSAY_LOG_KEY_FILE: keys.logKeyFile,
      ASSAY_CHECKPOINT_COPIES: JSON.stringify([{ folder: join(home, 'audit', 'checkpoints') }]),
      ASSAY_WEBHOOK_ALLOW_LOCAL: '1',
      ASSAY_PUBLIC_URL: urlAt(ports.api),
    },
    gateway: { ...database, ...serving, ASSAY_GATEWAY_HOST: HOST, ASSAY_GATEWAY_PORT: String(ports.gateway) },
  };
}
