import { fileURLToPath } from 'node:url';
import { Client, Connection } from '@temporalio/client';
import { DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';
import type { Activities } from '../../activities/create-activities.js';
import { DATA_TASK_QUEUE, TASK_QUEUE } from '../../providers/temporal/names.js';
import { workflowBundle } from '../../workers/bundle.js';

const CACHE = fileURLToPath(new URL('../../.assay/cache', import.meta.url));

let isQuiet = false;

/** Only errors are logged; once for each process of tests, before the first worker. */
export function quietRuntime(): void {
  if (isQuiet) return;
  isQuiet = true;
  Runtime.install({ logger: new DefaultLogger('ERROR') });
}

export interface RunningWorkers {
  client: Client;
  stop(): Promise<void>;
}

/**
 * Our workflows on a server, with activities written for the test. Each test file works on a namespace-wide queue name
 * of its own only where it says so: within a file, workflow ids keep tests apart.
 */
export async function startWorkers(
  where: { address: string; namespace: string },
  activities: Partial<Activities>,
): Promise<RunningWorkers> {
  quietRuntime();
  const connection = await NativeConnection.connect({ address: where.address });
  const shared = {
    connection,
    namespace: where.namespace,
    activities,
    // A cancelled activity hears of it when a beat of it goes out.
    maxHeartbeatThrottleInterval: '200ms' as const,
  };
  const bundle = await workflowBundle(CACHE);
  const workers = await Promise.all([
    Worker.create({ ...shared, taskQueue: TASK_QUEUE, workflowBundle: bundle }),
    Worker.create({ ...shared, taskQueue: DATA_TASK_QUEUE }),
  ]);
  const running = Promise.all(workers.map((worker) => worker.run()));
  const clientConnection = await Connection.connect({ address: where.address });
  return {
    client: new Client({ connection: clientConnection, namespace: where.namespace }),
    async stop() {
      for (const worker of workers) worker.shutdown();
      await running;
      await clientConnection.close();
      await connection.close();
    },
  };
}

/** A namespace that no other test file polls: its queues are its own. */
export async function ownNamespace(address: string, name: string): Promise<{ address: string; namespace: string }> {
  const connection = await Connection.connect({ address });
  const namespace = `${name}-${process.pid}`;
  await connection.workflowService.registerNamespace({
    namespace,
    workflowExecutionRetentionPeriod: { seconds: 86_400 as never },
  });
  const client = new Client({ connection, namespace });
  for (let attempt = 0; attempt < 100; attempt++) {
    const isKnown = await client.workflow
      .count()
      .then(() => true)
      .catch(() => false);
    if (isKnown) break;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  await connection.close();
  return { address, namespace };
}
