import { proxyActivities, proxyLocalActivities, type RetryPolicy } from '@temporalio/workflow';
import type { Activities } from '../activities/create-activities.js';

/** Never worth repeating: the same input gives the same answer. The codes are those of `domain/kernel/errors.ts`. */
const FINAL_ERRORS = ['INVALID_INPUT', 'NOT_FOUND', 'CONFLICT', 'NOT_ALLOWED', 'ARTIFACT'];

const patient: RetryPolicy = {
  initialInterval: '500ms',
  backoffCoefficient: 2,
  maximumInterval: '30s',
  nonRetryableErrorTypes: FINAL_ERRORS,
};

/** Rows, evidence, audit: milliseconds, idempotent, in the workflow's own task. Waits as long as Postgres is away. */
export const bookkeeping = proxyLocalActivities<Activities>({
  startToCloseTimeout: '20s',
  localRetryThreshold: '5s',
  retry: patient,
});

/** Reading and judging datasets: minutes, CPU, on workers of their own. Heartbeats tell a slow one from a dead one. */
export const dataWork = proxyActivities<Activities>({
  taskQueue: 'assay-data',
  startToCloseTimeout: '6h',
  heartbeatTimeout: '15s',
  retry: patient,
});

/** Calls to a provider or the registry that end within a minute. */
export const providerCall = proxyActivities<Activities>({
  startToCloseTimeout: '2m',
  heartbeatTimeout: '15s',
  retry: { ...patient, maximumInterval: '1m' },
});

/** Following a job for as long as it takes; a lost worker is noticed by its heartbeat. */
export const longWatch = proxyActivities<Activities>({
  startToCloseTimeout: '7d',
  heartbeatTimeout: '15s',
  retry: patient,
});
