import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { CliConfig } from '../../domain/config/cli-config.js';
import { removeDevFile, writeDevFile, type DevFile } from '../dev-file.js';
import { consoleFolder } from './console-build.js';
import { makeSeed } from './demo-identities.js';
import { artifactsIn, devEnvironments, urlAt, type DevSettings } from './dev-environment.js';
import { entryCommand } from './entry-command.js';
import { entryProcess } from './entry-process.js';
import { choosePorts } from './choose-ports.js';
import { ensureKeys } from './keys.js';
import { takeLock } from './lock-file.js';
import { startPostgres } from './postgres.js';
import { runCommand } from './run-command.js';
import { stopOnSignal } from './stop-on-signal.js';
import { createSupervisor, type Supervisor } from './supervisor.js';
import { startTemporal } from './temporal-server.js';
import { timedStep } from './timed-step.js';

export interface DevStackOptions {
  /** The state folder. */
  readonly home: string;
  /** Downloads and bundles are kept in `<cacheHome>/cache`. Default: the state folder. */
  readonly cacheHome?: string;
  /** Whether, and where, there are a database and a Temporal server already; ports to take when they are free. */
  readonly config: Pick<
    CliConfig,
    | 'databaseUrl'
    | 'apiDatabaseUrl'
    | 'ownerDatabaseUrl'
    | 'temporalAddress'
    | 'temporalNamespace'
    | 'noDownload'
    | 'packagesFolder'
    | 'apiPort'
    | 'gatewayPort'
    | 'commands'
  >;
  readonly log: (line: string) => void;
}

export interface DevStack extends DevFile {
  /** Stops every part, last started first. Calling it again waits for the same stop. */
  stop(): Promise<void>;
}

const COMMANDS_FILE = 'commands.yaml';
const SCRIPT_MILLISECONDS = 60_000;

/**
 * Starts all of Assay on this machine and waits until it answers. What was started is stopped again when a part fails,
 * and when this process is asked to end (it exits then).
 * @throws LifecycleError CONFLICT when it runs in this state folder already; COMMAND when a part does not come up
 */
export async function startDevStack(options: DevStackOptions): Promise<DevStack> {
  const home = resolve(options.home);
  const { log } = options;
  mkdirSync(home, { recursive: true });
  const unlock = takeLock(join(home, 'lock'));
  const supervisor = createSupervisor({ stateFolder: home, log });
  let stopped: Promise<void> | undefined;
  const stop = (): Promise<void> => {
    removeDevFile(home);
    stopped ??= supervisor.stopAll().finally(() => (unlock(), forgetSignals()));
    return stopped;
  };
  const forgetSignals = stopOnSignal((signal) => {
    log(`${signal}: stopping`);
    return stop();
  });
  try {
    const content = await startParts(supervisor, { ...options, home });
    writeDevFile(home, content);
    return { ...content, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function startParts(supervisor: Supervisor, options: DevStackOptions): Promise<DevFile> {
  const { home, config, log } = options;
  const cacheHome = resolve(options.cacheHome ?? home);
  const [database, temporal, console] = await Promise.all([
    timedStep('Postgres', log, () => findDatabase(supervisor, options)),
    timedStep('Temporal', log, () => findTemporal(supervisor, options, join(cacheHome, 'cache'))),
    timedStep('console', log, () => findConsole(join(cacheHome, 'cache'), log)),
  ]);
  await timedStep('migrations', log, () =>
    runEntry('db/main', { env: { ASSAY_OWNER_DATABASE_URL: database.ownerUrl } }),
  );
  const { tokens, gatewayToken, seed } = makeSeed(database.ownerUrl, new Date());
  const { apiPort, gatewayPort } = config;
  const asked = {
    ...(apiPort !== undefined && { api: apiPort }),
    ...(gatewayPort !== undefined && { gateway: gatewayPort }),
  };
  const ports = await choosePorts(asked, log);
  const settings: DevSettings = {
    home,
    cacheHome,
    packagesFolder: resolve(config.packagesFolder),
    databaseUrl: database.appUrl,
    apiDatabaseUrl: database.apiUrl,
    temporalAddress: temporal.address,
    temporalNamespace: temporal.namespace,
    keys: ensureKeys(join(home, 'keys')),
    ports,
    providerKey: randomBytes(24).toString('base64url'),
    commands: findCommands(config.commands, log),
    console,
  };
  await Promise.all([
    timedStep('demo identities', log, () => runEntry('db/seed-dev', { input: JSON.stringify(seed) })),
    startProcesses(supervisor, settings, log),
  ]);
  return {
    apiUrl: urlAt(ports.api),
    gatewayUrl: urlAt(ports.gateway),
    providerUrl: urlAt(ports.provider),
    temporalAddress: temporal.address,
    artifactsFolder: artifactsIn(home),
    tokens,
    gatewayToken,
  };
}

/** Given by name, else the embedded one: a stranger's `DATABASE_URL` is never used. */
async function findDatabase(supervisor: Supervisor, { home, config, log }: DevStackOptions) {
  const { databaseUrl, apiDatabaseUrl, ownerDatabaseUrl } = config;
  if (databaseUrl === undefined) return startPostgres({ supervisor, stateFolder: home, log });
  log('the database is that of ASSAY_DATABASE_URL');
  return {
    appUrl: databaseUrl,
    apiUrl: apiDatabaseUrl ?? databaseUrl,
    ownerUrl: ownerDatabaseUrl ?? databaseUrl,
  };
}

/** Given by name, else `commands.yaml` of the current folder: only on a machine of one's own does a folder say what runs. */
function findCommands(given: string | undefined, log: (line: string) => void): string | undefined {
  const isInline = given?.trimStart().startsWith('{') === true;
  const found = given ?? (existsSync(COMMANDS_FILE) ? COMMANDS_FILE : undefined);
  if (found === undefined) return undefined;
  log(`commands that train are those of ${given === undefined ? `./${COMMANDS_FILE}` : 'ASSAY_COMMANDS'}`);
  return isInline ? found : resolve(found);
}

/** Without a console everything else goes on. */
const findConsole = (cacheFolder: string, log: (line: string) => void): Promise<string | undefined> =>
  consoleFolder(cacheFolder).catch((error: unknown) => {
    log(`the console could not be built: ${error instanceof Error ? error.message : String(error)}`);
    return undefined;
  });

async function findTemporal(supervisor: Supervisor, { home, config, log }: DevStackOptions, cacheFolder: string) {
  const { temporalAddress, temporalNamespace, noDownload } = config;
  if (temporalAddress === undefined) {
    return startTemporal({ supervisor, stateFolder: home, cacheFolder, mayDownload: !noDownload, log });
  }
  log('the Temporal server is that of ASSAY_TEMPORAL_ADDRESS');
  return { address: temporalAddress, namespace: temporalNamespace };
}

/** Runs one of Assay's own entries to its end. */
async function runEntry(entry: string, how: { env?: Record<string, string>; input?: string }): Promise<void> {
  await runCommand({ ...entryCommand(entry), timeoutMilliseconds: SCRIPT_MILLISECONDS, ...how });
}

async function startProcesses(supervisor: Supervisor, settings: DevSettings, log: (line: string) => void) {
  const environments = devEnvironments(settings);
  const start = (spec: Parameters<typeof entryProcess>[0]) =>
    timedStep(spec.name, log, () => supervisor.startProcess(entryProcess(spec)));
  const { api, gateway } = settings.ports;
  await start({
    name: 'provider',
    entry: 'providers/local/main',
    env: environments.provider,
    ready: { line: /^provider: ready/ },
  });
  await Promise.all([
    start({ name: 'api', entry: 'server/api/main', env: environments.api, ready: { http: `${urlAt(api)}/healthz` } }),
    start({ name: 'worker', entry: 'workers/main', env: environments.worker, ready: { line: /^worker: ready/ } }),
    start({
      name: 'gateway',
      entry: 'server/gateway/main',
      env: environments.gateway,
      ready: { http: `${urlAt(gateway)}/healthz` },
    }),
  ]);
}
