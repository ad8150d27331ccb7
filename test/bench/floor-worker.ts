/** A worker process with Assay's settings and nothing of Assay: what Temporal alone costs. */
import { DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';
import { WORKER_SETTINGS, WORKFLOW_SETTINGS } from '../../workers/start-worker.js';

Runtime.install({ logger: new DefaultLogger('WARN'), shutdownSignals: [] });
const connection = await NativeConnection.connect({ address: process.env['ASSAY_TEMPORAL_ADDRESS']! });
const worker = await Worker.create({
  ...WORKER_SETTINGS,
  ...WORKFLOW_SETTINGS,
  connection,
  taskQueue: 'floor',
  workflowBundle: { codePath: process.env['BENCH_BUNDLE']! },
  activities: { nothing: async () => undefined },
});
process.once('SIGTERM', () => worker.shutdown());
process.stderr.write('worker: ready\n');
await worker.run();
await connection.close();
