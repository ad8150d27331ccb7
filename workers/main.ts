import { createPrivateKey, randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { NativeConnection, Runtime, DefaultLogger, Worker } from '@temporalio/worker';
import { createActivities } from '../activities/create-activities.js';
import { checkVersion } from '../db/check-version.js';
import { readInstance } from '../db/instance.js';
import { createDatabase } from '../db/pool.js';
import { parseWorkerConfig } from '../domain/config/worker-config.js';
import { temporalConnection } from '../providers/temporal/connection.js';
import { exitCodeOf } from '../domain/exit-codes.js';
import { isLifecycleError } from '../domain/kernel/errors.js';
import { configuredSecrets } from '../providers/secrets/configured.js';
import { createMessenger } from '../providers/temporal/messenger.js';
import { DATA_TASK_QUEUE, TASK_QUEUE } from '../providers/temporal/names.js';
import { projectMark } from '../providers/temporal/project-attribute.js';
import { workflowBundle } from './bundle.js';
import { composeDependencies } from './compose.js';
import { failureInterceptor } from './failure-interceptor.js';
import { startHousekeeping } from './housekeeping/housekeeping.js';

/** The worker process: workflows and activities of both queues, and the housekeeping that one worker does for all. */
async function main(): Promise<void> {
  const config = parseWorkerConfig(process.env);
  const say = (line: string): void => void process.stderr.write(`worker: ${line}\n`);
  for (const [name, variable] of Object.entries(config.took)) say(`${name} from ${variable}`);
  Runtime.install({ logger: new DefaultLogger('WARN'), shutdownSignals: [] });

  const secrets = configuredSecrets(config, process.env);
  // What is missing is said now, not in the middle of a run.
  for (const { apiKey } of Object.values(config.providers)) await secrets.resolve(apiKey);

  const { db, close } = createDatabase(config.databaseUrl, { applicationName: 'assay-worker', maxConnections: 20 });
  await checkVersion(db);
  const { id: instance } = await readInstance(db);
  const temporal = temporalConnection(
    { address: config.temporalAddress, namespace: config.temporalNamespace },
    process.env,
  );
  say(`Temporal by ${temporal.from}`);
  const { namespace } = temporal;
  const connection = await NativeConnection.connect(temporal.options);
  const clientConnection = await Connection.connect(temporal.options);
  const client = new Client({ connection: clientConnection, namespace });
  const dependencies = await composeDependencies(config, { db, client, instance, secrets });

  const shared = {
    connection,
    namespace,
    activities: createActivities(dependencies),
    interceptors: { activity: [failureInterceptor(secrets.mask)] },
    // Beats of an activity go out this often: of the 15 s that it may be silent, CPU work can then take most.
    maxHeartbeatThrottleInterval: '3s' as const,
    shutdownGraceTime: '5s' as const,
    // What does not end when it is cancelled then is left to another worker.
    shutdownForceTime: '20s' as const,
  };
  const workflows = await Worker.create({
    ...shared,
    taskQueue: TASK_QUEUE,
    workflowBundle: await workflowBundle(join(config.home, 'cache')),
    maxCachedWorkflows: 500,
    // A killed worker's workflows go to another one after this, instead of after ten seconds.
    stickyQueueScheduleToStartTimeout: '1s',
  });
  const data = await Worker.create({ ...shared, taskQueue: DATA_TASK_QUEUE, maxConcurrentActivityTaskExecutions: 2 });
  const housekeeping = startHousekeeping({
    db,
    databaseUrl: config.databaseUrl,
    holder: randomUUID(),
    origin: `assay/${instance}`,
    logKey: createPrivateKey(await readFile(config.logKeyFile)),
    messenger: createMessenger(client, await projectMark(clientConnection, namespace)),
    onError: (error) => say(`housekeeping: ${error instanceof Error ? error.message : String(error)}`),
  });

  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => [workflows, data].forEach((worker) => worker.shutdown()));
  }
  say(`ready, polls ${TASK_QUEUE} and ${DATA_TASK_QUEUE} at ${temporal.options.address}`);
  await Promise.all([workflows.run(), data.run()]);
  await housekeeping.stop();
  await connection.close();
  await clientConnection.close();
  await close();
}

try {
  await main();
} catch (error) {
  if (!isLifecycleError(error)) throw error;
  process.stderr.write(`worker: ${error.message}\n`);
  process.exit(exitCodeOf(error.code));
}
