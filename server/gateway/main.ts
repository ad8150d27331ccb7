import { createPublicKey } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { checkVersion } from '../../db/check-version.js';
import { readInstance } from '../../db/instance.js';
import { createDatabase } from '../../db/pool.js';
import { createServedRequests } from '../../db/stores/served-requests.js';
import { parseGatewayConfig } from '../../domain/config/gateway-config.js';
import { withCommandModels } from '../../domain/config/parse-commands.js';
import { secretKey } from '../../domain/ports/secrets.js';
import { configuredSecrets } from '../../providers/secrets/configured.js';
import { isLifecycleError } from '../../domain/kernel/errors.js';
import { createFilesystemArtifacts } from '../../providers/artifacts/filesystem.js';
import { loadCommands } from '../../providers/command/load-commands.js';
import { listen } from '../process/listen.js';
import { createLogger, type Logger } from '../process/logger.js';
import { runProcess } from '../process/run-process.js';
import { startedByDev } from '../process/started-by-dev.js';
import { untilStopped } from '../process/until-stopped.js';
import type { ProviderAddress } from './ask-provider.js';
import { createGateway } from './create-gateway.js';
import { createGatewayStores } from './gateway-stores.js';
import { createServedRecorder } from './served-recorder.js';

/** The gateway process: it holds the public half of the decision key only. */
async function main(): Promise<void> {
  const isProven = startedByDev();
  const config = parseGatewayConfig(process.env);
  const say = (line: string): void => void process.stderr.write(`gateway: ${line}\n`);
  for (const [name, variable] of Object.entries(config.took)) say(`${name} from ${variable}`);

  const secrets = configuredSecrets(config, process.env);
  const models: Record<string, ProviderAddress> = {};
  const reached = withCommandModels(config.providers, loadCommands(config.commands));
  for (const [name, { baseUrl, apiKey }] of Object.entries(reached)) {
    // What is missing is said now, not to the first caller.
    await secrets.resolve(apiKey);
    models[name] = { baseUrl, apiKey: secretKey(secrets, apiKey) };
  }

  const log = createLogger('gateway', config.logLevel);
  const onConnectionError = (error: Error): void => log.warn({ err: error }, 'an idle connection broke');
  const { db, close } = createDatabase(config.databaseUrl, { applicationName: 'assay-gateway', onConnectionError });
  await checkVersion(db);
  const { id: instance } = await readInstance(db);
  const stopping = new AbortController();
  const served = createServedRequests(db);
  const record = createServedRecorder({
    write: async (rows: Parameters<typeof served.recordServed>[0]) => void (await served.recordServed(rows)),
    onFailure: (error, rows) => whatNext(error, { rows, log, isStopping: stopping.signal.aborted }),
  });
  const allowDemoIdentities = await isProven;
  const publicKey = createPublicKey(await readFile(config.decisionPublicKeyFile));
  const { artifactsFolder } = config;
  const app = createGateway({
    ...createGatewayStores(db),
    artifacts: artifactsFolder === undefined ? undefined : createFilesystemArtifacts(artifactsFolder),
    models,
    record,
    instance,
    publicKey,
    allowDemoIdentities,
    log,
  });
  const listening = await listen(app.fetch, config);
  say(`ready at ${listening.url}, providers: ${Object.keys(models).join(', ') || 'none'}`);
  const reason = await untilStopped({ followParent: allowDemoIdentities });
  say(`stopping: ${reason}`);
  await listening.close();
  stopping.abort();
  await record.close();
  await close();
}

/** Rows are kept until Postgres takes them; given up, and counted in the log, only where it never will. */
function whatNext(error: unknown, { rows, log, isStopping }: { rows: number; log: Logger; isStopping: boolean }) {
  const mayPass = isLifecycleError(error, 'PROVIDER') && error.details['retryable'] === true;
  const next = mayPass ? (isStopping ? 'give-up' : 'retry') : 'split';
  const isLost = next === 'give-up' || (next === 'split' && rows === 1);
  log.error({ err: error, rows }, isLost ? 'rows of served requests were lost' : 'rows of served requests wait');
  return next;
}

await runProcess('gateway', main);
