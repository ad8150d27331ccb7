import { isLifecycleError } from '../../../domain/kernel/errors.js';
import { hasEnded } from '../../../domain/training/has-ended.js';
import type { EventLog } from '../store/event-log.js';
import type { FileStore } from '../store/file-store.js';
import type { Job, JobStore } from '../store/job-store.js';
import { unixSeconds } from '../store/unix-seconds.js';
import { trainJob } from './train-job.js';

export interface JobRunner {
  /** Queues a job; one trains at a time. */
  enqueue(id: string): void;
  /** Ends a queued or running job as cancelled. A job that has ended stays as it is. */
  cancel(id: string): Promise<Job>;
  /** Stops at the next step and leaves the job as it stands on disk, to be trained again after the next start. */
  close(): Promise<void>;
}

interface Stores {
  jobs: JobStore;
  files: FileStore;
  events: EventLog;
}

/** Trains queued jobs, oldest first, beginning with those that an earlier process did not finish. */
export function createJobRunner(stores: Stores): JobRunner {
  const closing = new AbortController();
  let current: { id: string; cancelling: AbortController } | undefined;
  let tail: Promise<void> = Promise.resolve();
  const runNext = async (id: string): Promise<void> => {
    if (closing.signal.aborted || hasEnded(stores.jobs.get(id))) return;
    const cancelling = new AbortController();
    current = { id, cancelling };
    await runJob(id, stores, AbortSignal.any([closing.signal, cancelling.signal]));
    current = undefined;
  };
  const enqueue = (id: string): void => {
    tail = tail.then(() => runNext(id));
  };
  for (const job of stores.jobs.list().toReversed()) if (!hasEnded(job)) enqueue(job.id);
  return {
    enqueue,
    cancel: async (id) => {
      const job = stores.jobs.get(id);
      if (hasEnded(job)) return job;
      if (current?.id === id) current.cancelling.abort();
      const ended = await stores.jobs.update(id, { status: 'cancelled', finishedAt: unixSeconds() });
      if (ended.status === 'cancelled') await say(id, stores, 'The job was cancelled.');
      return ended;
    },
    close: async () => {
      closing.abort();
      await tail;
    },
  };
}

async function runJob(id: string, stores: Stores, signal: AbortSignal): Promise<void> {
  try {
    await announce(stores.jobs.get(id), stores);
    const trained = await trainJob(stores.jobs.get(id), stores, signal);
    signal.throwIfAborted();
    const ended = await stores.jobs.update(id, { ...trained, status: 'succeeded', finishedAt: unixSeconds() });
    if (ended.status === 'succeeded') await say(id, stores, `The job has been completed: ${trained.fineTunedModel}`);
  } catch (error) {
    if (signal.aborted) return;
    await fail(id, stores, error).catch((cause: unknown) => console.error(`Job ${id} failed unrecorded.`, cause));
  }
}

const say = (id: string, { events }: Stores, message: string): Promise<void> =>
  events.append(id, { type: 'message', message, data: {} });

async function announce(job: Job, stores: Stores): Promise<void> {
  const message =
    job.status === 'running'
      ? 'The provider was started again: training begins again at the first step.'
      : 'Training started.';
  await stores.jobs.update(job.id, { status: 'running' });
  await say(job.id, stores, message);
}

/** Tells the customer what is wrong with the data; what is wrong with the provider goes to its own log only. */
async function fail(id: string, stores: Stores, error: unknown): Promise<void> {
  const isAboutData = isLifecycleError(error, 'INVALID_INPUT');
  if (!isAboutData) console.error(`Job ${id} failed.`, error);
  const message = isAboutData ? error.message : 'The provider could not train this job; its log says why.';
  const code = isAboutData ? 'invalid_training_file' : 'server_error';
  await stores.jobs.update(id, { status: 'failed', finishedAt: unixSeconds(), error: { code, message } });
  await say(id, stores, message);
}
