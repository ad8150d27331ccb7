import { writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fillArguments } from '../../domain/commands/arguments.js';
import { completeParameters, parameterProblems } from '../../domain/commands/check-parameters.js';
import type { CommandEntry } from '../../domain/commands/command-entry.js';
import { LifecycleError, providerError } from '../../domain/kernel/errors.js';
import type {
  Trainer,
  TrainingRequest,
  TrainingResult,
  TrainingState,
  TrainingStatus,
} from '../../domain/ports/trainer.js';
import { hasEnded } from '../../domain/training/has-ended.js';
import { readStable } from './artifacts.js';
import { isHeld, lastAttempt } from './attempts.js';
import { readEvents } from './job-events.js';
import { createJobFolder, jobIdOf, jobPaths, readSpec, type JobPaths } from './job-folder.js';
import type { JobSpec, JobState } from './job-spec.js';
import { readState } from './job-state.js';
import { startKeeper } from './start-keeper.js';

export interface CommandTrainerOptions {
  /** Its name in the configuration. */
  name: string;
  entry: CommandEntry;
  /** One folder for each job, and `models/` with the results by name. */
  jobsFolder: string;
  /** Values of the variables that the entry lets the command see. */
  environment: Record<string, string>;
}

/** A keeper that was started is given so long to claim its attempt before another is. */
const START_MILLISECONDS = 10_000;
const CANCEL_MARGIN_MILLISECONDS = 20_000;
const POLL_MILLISECONDS = 100;

/**
 * Training by a program of the worker's configuration. A key makes one folder, and a folder has one process, whoever
 * submits; the process outlives the worker, and where it was lost too it is started again from its checkpoint.
 */
export function createCommandTrainer({ name, entry, jobsFolder, environment }: CommandTrainerOptions): Trainer {
  /** Of keepers that were started: after which attempt, and when. */
  const started = new Map<string, { after: number; at: number }>();
  const paths = (jobId: string): JobPaths => jobPaths(jobsFolder, jobId);

  /** One keeper for a job that has not ended: several that are started agree on one. */
  async function ensureKeeper(job: JobPaths): Promise<void> {
    const state = readState(job);
    if (state !== undefined && hasEnded(state)) return;
    const attempt = lastAttempt(job.attempts);
    if (isHeld(job.attempts, attempt)) return;
    const before = started.get(job.jobId);
    if (before?.after === attempt && Date.now() - before.at < START_MILLISECONDS) return;
    started.set(job.jobId, { after: attempt, at: Date.now() });
    await startKeeper(job, environment);
  }

  async function submit(request: TrainingRequest): Promise<{ jobId: string }> {
    const problems = problemsOf(request);
    if (problems.length > 0) throw notAccepted(name, problems);
    const job = paths(jobIdOf(request.key));
    const spec = specOf({ name, entry, request, job });
    const params = {
      parameters: completeParameters(entry, request.hyperparameters),
      seed: request.seed,
      baseModel: request.baseModel,
      model: spec.model,
    };
    const { training, validation } = request;
    await createJobFolder(job, { spec, training, validation, params });
    await ensureKeeper(job);
    return { jobId: job.jobId };
  }

  const problemsOf = ({ hyperparameters }: Pick<TrainingRequest, 'hyperparameters'>): string[] => [
    ...parameterProblems(entry, hyperparameters).map((problem) => `train.hyperparameters: ${problem}`),
    ...(entry.models === null
      ? [
          `model.provider: the command ${name} trains, but its entry names no server of its models (models.baseUrl): ` +
            'what it makes could be neither evaluated nor served.',
        ]
      : []),
  ];

  async function follow(jobId: string, afterEventId: string | undefined): Promise<TrainingState> {
    const job = paths(jobId);
    await readSpec(job);
    await ensureKeeper(job);
    // The state first: what it says has its events.
    const state = readState(job);
    return toTrainingState(jobId, state, await readEvents(job.events, afterEventId));
  }

  return {
    deduplication: 'key',
    problems: problemsOf,
    quote: async ({ tokens }) => ({
      costMicroUsd: entry.priceMicroUsd ?? 0,
      tokens,
      basis:
        entry.priceMicroUsd === null ? "trained on the worker's machine: no charge" : 'the price that the entry states',
    }),
    submit: (request) => submit(request),
    find: async (key) => {
      const job = paths(jobIdOf(key));
      return existsSync(job.folder) ? { jobId: job.jobId } : undefined;
    },
    follow: (jobId, afterEventId) => follow(jobId, afterEventId),
    async cancel(jobId) {
      const job = paths(jobId);
      const { limits } = await readSpec(job);
      await writeFile(job.cancel, '');
      const deadline = Date.now() + 2 * limits.graceMilliseconds + CANCEL_MARGIN_MILLISECONDS;
      while (Date.now() < deadline) {
        const state = await follow(jobId, undefined);
        if (hasEnded(state)) return { ...state, events: [] };
        await sleep(POLL_MILLISECONDS);
      }
      throw providerError(`The job ${jobId} was asked to end and has not said that it did.`, { retryable: true });
    },
    result: (jobId) => readResult(paths(jobId)),
  };
}

function specOf(of: { name: string; entry: CommandEntry; request: TrainingRequest; job: JobPaths }): JobSpec {
  const { name, entry, request, job } = of;
  const model = `${request.suffix}-${job.jobId.slice('job-'.length, 'job-'.length + 12)}`;
  const values = {
    ...completeParameters(entry, request.hyperparameters),
    seed: request.seed,
    baseModel: request.baseModel,
    model,
    folder: job.work,
  };
  return {
    key: request.key,
    command: name,
    argv: fillArguments(entry.argv, values),
    resume: fillArguments(entry.resume, values),
    model,
    weights: entry.weights,
    limits: entry.limits,
    user: entry.user,
  };
}

const STATUS: Record<JobState['status'], TrainingStatus> = {
  running: 'running',
  interrupted: 'running',
  succeeded: 'succeeded',
  failed: 'failed',
  cancelled: 'cancelled',
};

function toTrainingState(jobId: string, state: JobState | undefined, events: TrainingState['events']): TrainingState {
  if (state === undefined) return { jobId, status: 'queued', rawStatus: 'starting', events };
  const { status, attempt, reason, exit } = state;
  const rawStatus = attempt > 1 && status === 'running' ? `running (attempt ${attempt})` : status;
  return {
    jobId,
    status: STATUS[status],
    rawStatus,
    events,
    ...(reason === null ? {} : { error: reason }),
    ...(status === 'failed' && exit !== null ? { exit } : {}),
  };
}

async function readResult(job: JobPaths): Promise<TrainingResult> {
  const spec = await readSpec(job);
  const state = readState(job);
  if (state?.status !== 'succeeded') {
    const message = `Job ${job.jobId} is '${state?.status ?? 'starting'}'; only a job that has succeeded has a result.`;
    throw new LifecycleError('CONFLICT', message, { jobId: job.jobId });
  }
  return {
    jobId: job.jobId,
    model: spec.model,
    trainedTokens: null,
    weights: spec.weights,
    files: state.artifacts.map(({ name, digest }) => ({
      name,
      content: readStable(join(job.artifacts, name), name, digest),
    })),
  };
}

const notAccepted = (name: string, problems: string[]): LifecycleError =>
  new LifecycleError('INVALID_INPUT', `The command ${name} does not take this training.\n${problems.join('\n')}`, {
    problems,
  });
