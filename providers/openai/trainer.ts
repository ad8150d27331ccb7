import { preflight } from '../../domain/training/preflight.js';
import type { Trainer } from '../../domain/ports/trainer.js';
import { createClient, type OpenAiConnection } from './client.js';
import { cancelJob, followJob } from './follow.js';
import { findJobByKey } from './job-listing.js';
import { limitsFor } from './limits.js';
import { quoteTraining, type TrainingPrices } from '../../domain/training/quote.js';
import { readResult } from './result.js';
import { submitJob } from './submit.js';

interface OpenAiTrainerOptions extends OpenAiConnection {
  prices?: TrainingPrices;
}

/** Fine-tuning behind any OpenAI-compatible address. Jobs are found again by a metadata pair that carries their key. */
export function createOpenAiTrainer({ prices = {}, ...connection }: OpenAiTrainerOptions): Trainer {
  const client = createClient(connection);
  return {
    deduplication: 'metadata',
    inspect: preflight,
    quote: async (request) => quoteTraining(prices, request),
    submit: (request, signal) => submitJob(client, request, signal),
    find: async (key, signal) => {
      const job = await findJobByKey(client, key, limitsFor('Looking for the fine-tuning job', signal));
      return job && { jobId: job.id };
    },
    follow: (jobId, afterEventId, signal) => followJob(client, { jobId, afterEventId }, signal),
    cancel: (jobId) => cancelJob(client, jobId),
    result: (jobId, signal) => readResult(client, jobId, signal),
  };
}
