import { APIError } from 'openai';
import { createClient, type OpenAiConnection } from './client.js';
import { limitsFor } from './limits.js';
import { callProvider } from './call.js';
import { mapProviderError, quote } from './map-error.js';

/** A file that no provider has: a job over it is refused before it could cost anything. */
const NO_FILE = 'file-assay-doctor-looks-whether-jobs-may-be-created';
const IS_ABOUT_PERMISSION =
  /permission|not allowed|not available|no longer|not enabled|not eligible|denied|forbidden|organi[sz]ation|deprecated|scope/i;
const IS_ABOUT_FILE = /\bfile\b|training_file/i;

export interface JobProbe {
  /** `unclear`: the refusal says neither. */
  answer: 'may-create' | 'may-not-create' | 'unclear';
  /** What was done and what came back, in words. */
  words: string;
}

/**
 * Whether fine-tuning jobs may be created, found without creating one: a job over a file that does not exist is asked
 * for, and the refusal is read. Should a provider accept even that, the job is cancelled at once and it is said.
 * @throws LifecycleError PROVIDER where it cannot be reached, or fails
 */
export async function probeJobs(connection: OpenAiConnection, baseModel: string): Promise<JobProbe> {
  const client = createClient(connection);
  const limits = limitsFor('Asking whether jobs may be created', undefined);
  const asked = `asked for a job of ${baseModel} over a file that does not exist`;
  try {
    const job = await callProvider(limits, (options) =>
      client.fineTuning.jobs.create({ model: baseModel, training_file: NO_FILE }, options).catch(keepRefusal),
    );
    if (job instanceof APIError) return readRefusal(job, asked);
    await callProvider(limits, (options) => client.fineTuning.jobs.cancel(job.id, options));
    return { answer: 'may-create', words: `${asked}; it was taken as job ${quote(job.id)} and cancelled at once` };
  } catch (error) {
    throw mapProviderError('Asking whether jobs may be created', error);
  }
}

/** A refusal of the request is an answer; all else is not. */
function keepRefusal(error: unknown): APIError {
  if (error instanceof APIError && [400, 401, 403, 404, 409, 422].includes(Number(error.status))) return error;
  throw error;
}

function readRefusal(error: APIError, asked: string): JobProbe {
  const said = `${asked}; refused with ${String(error.status)}: ${quote(error.message.replace(/^\d+ /, ''))}`;
  const about = `${error.message} ${error.code ?? ''}`;
  if (error.status === 401 || error.status === 403 || IS_ABOUT_PERMISSION.test(about))
    return { answer: 'may-not-create', words: said };
  if (error.param === 'training_file' || IS_ABOUT_FILE.test(about)) return { answer: 'may-create', words: said };
  return { answer: 'unclear', words: said };
}
