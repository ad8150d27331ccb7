import { join } from 'node:path';
import { Runtime, DefaultLogger } from '@temporalio/worker';
import { createActivities } from '../activities/create-activities.js';
import { parseWorkerConfig } from '../domain/config/worker-config.js';
import { temporalConnection } from '../providers/temporal/connection.js';
import { exitCodeOf } from '../domain/exit-codes.js';
import { isLifecycleError } from '../domain/kernel/errors.js';
import { configuredSecrets } from '../providers/secrets/configured.js';
import { DATA_TASK_QUEUE, TASK_QUEUE } from '../providers/temporal/names.js';
import { workflowBundle } from './bundle.js';
import { readPayloadKeys } from './data-converter.js';
import { startWorker } from './start-worker.js';

/** The worker process. */
async function main(): Promise<void> {
  const config = parseWorkerConfig(process.env);
  const say = (line: string): void => void process.stderr.write(`worker: ${line}\n`);
  for (const [name, variable] of Object.entries(config.took)) say(`${name} from ${variable}`);
  Runtime.install({ logger: new DefaultLogger('WARN'), shutdownSignals: [] });
  const secrets = configuredSecrets(config, process.env);
  // What is missing is said now, not in the middle of a run.
  for (const { apiKey } of Object.values(config.providers)) await secrets.resolve(apiKey);
  const payloadKeys = await readPayloadKeys(config.payloadKeys, secrets);

  const temporal = temporalConnection(
    { address: config.temporalAddress, namespace: config.temporalNamespace },
    process.env,
  );
  say(`Temporal by ${temporal.from}`);
  const worker = await startWorker(config, {
    temporal,
    secrets,
    environment: process.env,
    payloadKeys,
    workflowBundle: await workflowBundle(join(config.home, 'cache'), payloadKeys.length > 0 ? 'encoded' : 'readable'),
    activities: createActivities,
    say,
  });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => worker.shutdown());
  say(`ready, polls ${TASK_QUEUE} and ${DATA_TASK_QUEUE} at ${temporal.options.address}`);
  await worker.ended;
}

try {
  await main();
} catch (error) {
  if (!isLifecycleError(error)) throw error;
  process.stderr.write(`worker: ${error.message}\n`);
  process.exit(exitCodeOf(error.code));
}
