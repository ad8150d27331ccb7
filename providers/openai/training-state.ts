import type { TrainingEvent, TrainingState, TrainingStatus } from '../../domain/ports/trainer.js';
import type { EventAnswer, JobAnswer } from './answers.js';
import { quote } from './map-error.js';

const STATUSES: Record<string, TrainingStatus> = {
  validating_files: 'queued',
  queued: 'queued',
  running: 'running',
  succeeded: 'succeeded',
  failed: 'failed',
  cancelled: 'cancelled',
};

/** The provider's status in our words; one that is not known here is `unknown`. */
const statusOf = (raw: string): TrainingStatus =>
  Object.hasOwn(STATUSES, raw) ? (STATUSES[raw] ?? 'unknown') : 'unknown';

export function trainingState(job: JobAnswer, events: readonly EventAnswer[]): TrainingState {
  const error = job.error?.message;
  return {
    jobId: job.id,
    status: statusOf(job.status),
    rawStatus: quote(job.status),
    events: events.map(trainingEvent),
    ...(error ? { error: quote(error) } : {}),
  };
}

const trainingEvent = ({ id, message, data }: EventAnswer): TrainingEvent => ({
  id,
  message: quote(message ?? ''),
  data: numbersOf(data),
});

const RENAMED: Record<string, string> = { train_loss: 'loss', valid_loss: 'validationLoss' };

/** The finite numbers of an event's data under camelCase names; OpenAI's loss names become ours. */
function numbersOf(data: unknown): Record<string, number> {
  const entries = Object.entries(typeof data === 'object' && data !== null ? data : {});
  return Object.fromEntries(
    entries
      .filter((entry): entry is [string, number] => Number.isFinite(entry[1]))
      .map(([name, value]) => [RENAMED[name] ?? camelCase(name), value]),
  );
}

const camelCase = (name: string): string => name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
