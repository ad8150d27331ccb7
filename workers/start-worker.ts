import { createPrivateKey, randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { Client, Connection } from '@temporalio/client';
import { NativeConnection, Worker, type WorkerOptions } from '@temporalio/worker';
import type { ActivityDependencies } from '../activities/create-activities.js';
import { checkVersion } from '../db/check-version.js';
import { readInstance } from '../db/instance.js';
import { createDatabase, type Database } from '../db/pool.js';
import { createScheduleStore } from '../db/stores/schedule-store.js';
import { checkPayloadKeys } from '../db/stores/payload-keys.js';
import type { Environment } from '../domain/config/parse-config.js';
import type { WorkerConfig } from '../domain/config/worker-config.js';
import type { Secrets } from '../domain/ports/secrets.js';
import type { PayloadKey } from '../providers/temporal/payload-codec.js';
import { createMessenger } from '../providers/temporal/messenger.js';
import { DATA_TASK_QUEUE, TASK_QUEUE } from '../providers/temporal/names.js';
import { createScheduleKeeper } from '../providers/temporal/schedule-keeper.js';
import { projectMark } from '../providers/temporal/project-attribute.js';
import { createSendMail } from '../providers/mail/send-mail.js';
import type { TemporalConnection } from '../providers/temporal/connection.js';
import { createWebhookPost } from '../providers/webhooks/post-webhook.js';
import { openCopies } from './checkpoint-copies.js';
import { composeDependencies } from './compose.js';
import { dataConverterOf } from './data-converter.js';
import { failureInterceptor } from './failure-interceptor.js';
import { startHousekeeping } from './housekeeping/housekeeping.js';
import { onBehalfInterceptor } from './on-behalf.js';

/** Of every worker, whatever it polls. */
export const WORKER_SETTINGS = {
  // Beats of an activity go out this often: of the 5 s (CPU work: 15 s) that it may be silent, work can take most.
  maxHeartbeatThrottleInterval: '1s',
  shutdownGraceTime: '5s',
  // What does not end when it is cancelled then is left to another worker.
  shutdownForceTime: '20s',
} as const satisfies Partial<WorkerOptions>;

/** Of those that run workflows. */
export const WORKFLOW_SETTINGS = {
  // An approval that waits is two workflows; what is not kept is replayed when somebody signs.
  maxCachedWorkflows: 2_000,
  // A killed worker's workflows go to another one after this, instead of after ten seconds.
  stickyQueueScheduleToStartTimeout: '1s',
} as const satisfies Partial<WorkerOptions>;

export interface StartedWorker {
  /** Takes no more work; `ended` follows when what it does has ended. */
  shutdown(): void;
  ended: Promise<void>;
}

/** Workflows and activities of both queues, and the housekeeping that one worker does for all. */
export async function startWorker(
  config: WorkerConfig,
  parts: {
    temporal: TemporalConnection;
    secrets: Secrets;
    /** Of it commands see what their entries name. */
    environment?: Environment;
    /** They encrypt what Temporal is given, the first of them; with any, the bundle must encode failures. */
    payloadKeys?: readonly PayloadKey[];
    workflowBundle: { codePath: string };
    activities: (dependencies: ActivityDependencies) => object;
    say: (line: string) => void;
  },
): Promise<StartedWorker> {
  const { temporal, secrets, environment = {}, payloadKeys = [], say } = parts;
  const { db, close } = createDatabase(config.databaseUrl, { applicationName: 'assay-worker', maxConnections: 20 });
  await checkVersion(db);
  await checkKeys(db, payloadKeys, say);
  const { id: instance } = await readInstance(db);
  const { namespace } = temporal;
  const connection = await NativeConnection.connect(temporal.options);
  const clientConnection = await Connection.connect(temporal.options);
  const dataConverter = dataConverterOf(payloadKeys);
  const client = new Client({ connection: clientConnection, namespace, dataConverter });
  const outside = { db, client, instance, secrets, environment };
  const activities = parts.activities(await composeDependencies(config, outside));

  const interceptors = { activity: [failureInterceptor(secrets.mask), onBehalfInterceptor] };
  // Encryption makes payloads larger: the server's limit is the one that counts.
  const encoding = { dataConverter, disablePayloadErrorLimit: payloadKeys.length > 0 };
  const shared = { ...WORKER_SETTINGS, ...encoding, connection, namespace, activities, interceptors };
  const { workflowBundle } = parts;
  const workflows = await Worker.create({ ...shared, ...WORKFLOW_SETTINGS, taskQueue: TASK_QUEUE, workflowBundle });
  const data = await Worker.create({ ...shared, taskQueue: DATA_TASK_QUEUE, maxConcurrentActivityTaskExecutions: 2 });
  const housekeeping = startHousekeeping({
    db,
    databaseUrl: config.databaseUrl,
    holder: randomUUID(),
    origin: `assay/${instance}`,
    logKey: createPrivateKey(await readFile(config.logKeyFile)),
    copies: await openCopies(config.checkpointCopies, secrets),
    transports: {
      post: createWebhookPost({ allowLocal: config.webhookAllowLocal }),
      sendMail: createSendMail({ server: config.smtp, secrets }),
      secrets,
      publicUrl: config.publicUrl,
    },
    messenger: {
      ...createMessenger(client, await projectMark(clientConnection, namespace)),
      ...createScheduleKeeper(client, createScheduleStore(db)),
    },
    onError: (error) => say(`housekeeping: ${error instanceof Error ? error.message : String(error)}`),
  });

  async function run(): Promise<void> {
    await Promise.all([workflows.run(), data.run()]);
    await housekeeping.stop();
    await connection.close();
    await clientConnection.close();
    await close();
  }
  return { shutdown: () => [workflows, data].forEach((worker) => worker.shutdown()), ended: run() };
}

async function checkKeys(db: Database, keys: readonly PayloadKey[], say: (line: string) => void): Promise<void> {
  const ids = keys.map(({ id }) => id);
  const { missing } = await checkPayloadKeys(db, ids);
  say(ids[0] === undefined ? 'payloads are not encrypted' : `payloads are encrypted with the key ${ids[0]}`);
  if (missing.length > 0) say(`without the earlier payload keys ${missing.join(', ')}: what they encrypted will wait`);
}
