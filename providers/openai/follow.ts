import type OpenAI from 'openai';
import { isLifecycleError } from '../../domain/kernel/errors.js';
import type { TrainingState } from '../../domain/ports/trainer.js';
import { hasEnded } from '../../domain/training/has-ended.js';
import { jobAnswer } from './answers.js';
import { callForJson } from './call.js';
import { eventsAfter } from './job-listing.js';
import { limitsFor } from './limits.js';
import { trainingState } from './training-state.js';

/** A job and its events after one of them. The job is read first, so a state never runs ahead of its events. */
export async function followJob(
  client: OpenAI,
  job: { jobId: string; afterEventId: string | undefined },
  signal?: AbortSignal,
): Promise<TrainingState> {
  const limits = limitsFor(`Following the job ${job.jobId}`, signal);
  const answer = await callForJson(limits, jobAnswer, (options) => client.fineTuning.jobs.retrieve(job.jobId, options));
  return trainingState(answer, await eventsAfter(client, job, limits));
}

/** Cancels a job. A provider refuses that for one that has ended: then the state that it ended in is the answer. */
export async function cancelJob(client: OpenAI, jobId: string, signal?: AbortSignal): Promise<TrainingState> {
  try {
    const job = await callForJson(limitsFor(`Cancelling the job ${jobId}`, signal), jobAnswer, (options) =>
      client.fineTuning.jobs.cancel(jobId, options),
    );
    return trainingState(job, []);
  } catch (error) {
    if (!isLifecycleError(error, 'PROVIDER') || ![400, 409].includes(Number(error.details['status']))) throw error;
    const state = await followJob(client, { jobId, afterEventId: undefined }, signal);
    if (hasEnded(state)) return { ...state, events: [] };
    throw error;
  }
}
