/**
 * A worker process of the bench: `workers/main.ts` with the bench's workflows.
 */
import { Runtime, DefaultLogger } from '@temporalio/worker';
import { createActivities, type ActivityDependencies } from '../../activities/create-activities.js';
import { parseWorkerConfig } from '../../domain/config/worker-config.js';
import { configuredSecrets } from '../../providers/secrets/configured.js';
import { temporalConnection } from '../../providers/temporal/connection.js';
import { startWorker } from '../../workers/start-worker.js';
import { createBenchActivities } from './bench-activities.js';

const config = parseWorkerConfig(process.env);
const say = (line: string): void => void process.stderr.write(`worker: ${line}\n`);
Runtime.install({ logger: new DefaultLogger('WARN'), shutdownSignals: [] });

const worker = await startWorker(config, {
  temporal: temporalConnection({ address: config.temporalAddress, namespace: config.temporalNamespace }, process.env),
  secrets: configuredSecrets(config, process.env),
  workflowBundle: { codePath: process.env['BENCH_BUNDLE']! },
  activities: (dependencies: ActivityDependencies) => ({
    ...createActivities(dependencies),
    ...createBenchActivities(dependencies),
  }),
  say,
});
process.once('SIGTERM', () => worker.shutdown());
say('ready');
await worker.ended;
