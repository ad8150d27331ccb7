import {
  ActivityCancellationType,
  proxyActivities,
  proxyLocalActivities,
  type RetryPolicy,
} from '@temporalio/workflow';
import type { Activities } from '../activities/create-activities.js';

/** Never worth repeating: the same input gives the same answer. The codes are those of `domain/kernel/errors.ts`. */
const FINAL_ERRORS = ['INVALID_INPUT', 'NOT_FOUND', 'CONFLICT', 'NOT_ALLOWED', 'ARTIFACT'];

const patient: RetryPolicy = {
  initialInterval: '500ms',
  backoffCoefficient: 2,
  maximumInterval: '30s',
  nonRetryableErrorTypes: FINAL_ERRORS,
};

/**
 * A cancelled run goes on to what it has to undo only when the activity has really ended. (The SDK's documentation calls
 * this the default; 1.24.0 does not wait.)
 */
const cancellationType = ActivityCancellationType.WAIT_CANCELLATION_COMPLETED;

/** A worker that only waits for others, and says nothing for so long, is lost: another goes on. */
const LOST_AFTER = '5s';

/** Rows, evidence, audit: milliseconds, idempotent, in the workflow's own task. Waits as long as Postgres is away. */
export const bookkeeping = proxyLocalActivities<Activities>({
  cancellationType,
  startToCloseTimeout: '20s',
  localRetryThreshold: '5s',
  retry: patient,
});

/** Reading and judging datasets: minutes, CPU, on workers of their own. Heartbeats tell a slow one from a dead one. */
export const dataWork = proxyActivities<Activities>({
  cancellationType,
  taskQueue: 'assay-data',
  startToCloseTimeout: '6h',
  heartbeatTimeout: '15s',
  retry: patient,
});

/** Calls to a provider or the registry that end within minutes: each of their requests has a time-out of its own. */
export const providerCall = proxyActivities<Activities>({
  cancellationType,
  startToCloseTimeout: '5m',
  heartbeatTimeout: LOST_AFTER,
  retry: { ...patient, maximumInterval: '1m' },
});

/** Files up, down, or read through: as long as the bytes take. Reading them is CPU work too. */
export const transfer = proxyActivities<Activities>({
  cancellationType,
  startToCloseTimeout: '2h',
  heartbeatTimeout: '15s',
  retry: { ...patient, maximumInterval: '1m' },
});

/** Following a job for as long as it takes; a lost worker is noticed by its heartbeat. */
export const longWatch = proxyActivities<Activities>({
  cancellationType,
  startToCloseTimeout: '7d',
  heartbeatTimeout: LOST_AFTER,
  retry: patient,
});

/** What a cancelled run still owes the outside: tried for an hour, then a person is told that it did not work. */
export const undoing = proxyActivities<Activities>({
  cancellationType,
  startToCloseTimeout: '5m',
  scheduleToCloseTimeout: '1h',
  heartbeatTimeout: LOST_AFTER,
  retry: patient,
});
