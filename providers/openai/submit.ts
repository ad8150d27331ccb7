import { createHash } from 'node:crypto';
import { toFile, type OpenAI } from 'openai';
import { LifecycleError, providerError } from '../../domain/kernel/errors.js';
import type { Hyperparameters, TrainingRequest } from '../../domain/ports/trainer.js';
import { fileAnswer, jobAnswer, type JobAnswer } from './answers.js';
import { callForJson } from './call.js';
import { cancelJob } from './follow.js';
import { KEY_METADATA, findJobByKey } from './job-listing.js';
import { TRANSFER_MILLISECONDS, limitsFor } from './limits.js';

const MAXIMUM_KEY_LENGTH = 512;

/**
 * Finds the job of this key or creates it. When two callers race, each looks again after creating; the older job
 * stays and the younger is cancelled by whoever made it.
 */
export async function submitJob(
  client: OpenAI,
  request: TrainingRequest,
  signal: AbortSignal | undefined,
): Promise<{ jobId: string }> {
  assertKey(request.key);
  const find = () => findJobByKey(client, request.key, limitsFor('Looking for the fine-tuning job', signal));
  const existing = await find();
  if (existing !== undefined) return { jobId: existing.id };
  const body = await jobBody(client, request, signal);
  const created = await callForJson(limitsFor('Creating the fine-tuning job', signal), jobAnswer, (options) =>
    client.fineTuning.jobs.create(body, options),
  );
  refuseForeign(created, request.key);
  const first = (await find()) ?? created;
  if (first.id !== created.id) await cancelJob(client, created.id, signal);
  return { jobId: first.id };
}

/** A job under a key of somebody else's is not ours, whatever the provider calls it. */
function refuseForeign({ id, metadata }: JobAnswer, key: string): void {
  const carried = metadata?.[KEY_METADATA];
  if (carried === undefined || carried === key) return;
  const message = `The provider answered the creation of a job with job ${id}, which belongs to another request: it gives an id twice. Look there; nothing goes on with it here.`;
  throw providerError(message, { retryable: false });
}

async function jobBody(client: OpenAI, request: TrainingRequest, signal: AbortSignal | undefined) {
  const trainingFile = await upload(client, request.training, fileName(request.key, 'training'), signal);
  const validationFile =
    request.validation && (await upload(client, request.validation, fileName(request.key, 'validation'), signal));
  return {
    model: request.baseModel,
    training_file: trainingFile,
    ...(validationFile === undefined ? {} : { validation_file: validationFile }),
    seed: request.seed,
    suffix: request.suffix,
    metadata: { [KEY_METADATA]: request.key },
    method: { type: 'supervised' as const, supervised: { hyperparameters: theirNames(request.hyperparameters) } },
  };
}

/** Uploads one file; the client's multipart body holds it in memory. */
async function upload(
  client: OpenAI,
  content: AsyncIterable<Uint8Array>,
  name: string,
  signal: AbortSignal | undefined,
): Promise<string> {
  const file = await toFile(content, name);
  const limits = { operation: `Uploading ${name}`, timeoutMilliseconds: TRANSFER_MILLISECONDS, signal };
  const { id } = await callForJson(limits, fileAnswer, (options) =>
    client.files.create({ file, purpose: 'fine-tune' }, options),
  );
  return id;
}

/** Carries the key's digest, so that what a repeated upload left behind can be told. */
const fileName = (key: string, role: string): string =>
  `assay-${createHash('sha256').update(key).digest('hex').slice(0, 16)}-${role}.jsonl`;

/** `epochs` → `n_epochs`; all else from camelCase to snake_case. Words (`auto`) go as they are: the provider judges. */
const theirNames = (hyperparameters: Hyperparameters): Record<string, number> =>
  Object.fromEntries(
    Object.entries(hyperparameters).map(([name, value]) => [
      name === 'epochs' ? 'n_epochs' : name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
      value,
    ]),
  ) as Record<string, number>;

function assertKey(key: string): void {
  if (key.length > 0 && key.length <= MAXIMUM_KEY_LENGTH) return;
  const message = `A training key must have 1 to ${MAXIMUM_KEY_LENGTH} characters; this one has ${key.length}.`;
  throw new LifecycleError('INVALID_INPUT', message);
}
