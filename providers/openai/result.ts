import type OpenAI from 'openai';
import { LifecycleError, providerError } from '../../domain/kernel/errors.js';
import type { TrainingResult } from '../../domain/ports/trainer.js';
import { fileAnswer, jobAnswer, type JobAnswer } from './answers.js';
import { callForJson, type CallLimits } from './call.js';
import { download } from './download.js';
import { limitsFor } from './limits.js';

/**
 * What a succeeded job made. A provider that hands over no files gives none here.
 * @throws LifecycleError CONFLICT when the job has not succeeded.
 */
export async function readResult(client: OpenAI, jobId: string, signal?: AbortSignal): Promise<TrainingResult> {
  const limits = limitsFor(`Reading the job ${jobId}`, signal);
  const job = await callForJson(limits, jobAnswer, (options) => client.fineTuning.jobs.retrieve(jobId, options));
  const model = modelOf(job);
  const files: TrainingResult['files'] = [];
  for (const fileId of job.result_files ?? []) {
    files.push({ name: await fileName(client, fileId, limits), content: download(client, fileId, signal) });
  }
  return { jobId: job.id, model, trainedTokens: job.trained_tokens ?? null, files };
}

function modelOf(job: JobAnswer): string {
  if (job.status !== 'succeeded') {
    const message = `Job ${job.id} is '${job.status}'; only a job that has succeeded has a result.`;
    throw new LifecycleError('CONFLICT', message, { jobId: job.id, status: job.status });
  }
  if (job.fine_tuned_model) return job.fine_tuned_model;
  throw providerError(`Job ${job.id} has succeeded, but the provider names no model yet.`, { retryable: true });
}

async function fileName(client: OpenAI, fileId: string, limits: CallLimits): Promise<string> {
  const file = await callForJson({ ...limits, operation: `Reading about the file ${fileId}` }, fileAnswer, (options) =>
    client.files.retrieve(fileId, options),
  );
  return file.filename ?? fileId;
}
