import { randomBytes, randomInt } from 'node:crypto';
import { Hono } from 'hono';
import { badRequest, readJsonBody } from '../api-errors.js';
import { BASE_MODEL } from '../base-model.js';
import type { EventLog } from '../store/event-log.js';
import type { FileStore } from '../store/file-store.js';
import type { Job, JobStore } from '../store/job-store.js';
import { unixSeconds } from '../store/unix-seconds.js';
import type { JobRunner } from '../training/job-runner.js';
import { eventObject, jobObject } from './job-objects.js';
import { hyperparametersOf, jobRequestSchema, type JobRequest } from './job-request.js';
import { paginate } from './pagination.js';

interface JobDependencies {
  jobs: JobStore;
  files: FileStore;
  events: EventLog;
  runner: JobRunner;
}

/** `POST /`, `GET /` (newest first, `metadata[k]=v`), `GET /:id`, `POST /:id/cancel`, `GET /:id/events` (newest first). */
export function jobRoutes({ jobs, files, events, runner }: JobDependencies): Hono {
  return new Hono()
    .post('/', async (c) => {
      const job = await jobs.create(newJob(await readJsonBody(c, jobRequestSchema), files));
      runner.enqueue(job.id);
      return c.json(jobObject(job));
    })
    .get('/', (c) => {
      const query = c.req.query();
      const page = paginate(
        jobs.list().filter((job) => hasMetadata(job, query)),
        query,
      );
      return c.json({ ...page, data: page.data.map(jobObject) });
    })
    .get('/:id', (c) => c.json(jobObject(jobs.get(c.req.param('id')))))
    .post('/:id/cancel', async (c) => {
      const job = await runner.cancel(c.req.param('id'));
      if (job.status === 'cancelled') return c.json(jobObject(job));
      throw badRequest(`Job ${job.id} has ${job.status}; it cannot be cancelled.`, null, 'job_not_cancellable');
    })
    .get('/:id/events', async (c) => {
      const log = await events.list(jobs.get(c.req.param('id')).id);
      const page = paginate(log.toReversed(), c.req.query());
      return c.json({ ...page, data: page.data.map(eventObject) });
    });
}

function newJob(request: JobRequest, files: FileStore): Omit<Job, 'sequence'> {
  if (request.model !== BASE_MODEL) {
    throw badRequest(
      `'${request.model}' cannot be fine-tuned here; '${BASE_MODEL}' can.`,
      'model',
      'model_not_available',
    );
  }
  return {
    id: `ftjob-${randomBytes(12).toString('hex')}`,
    model: request.model,
    status: 'queued',
    createdAt: unixSeconds(),
    finishedAt: null,
    trainingFile: trainingFile(files, 'training_file', request.training_file),
    validationFile: request.validation_file ? trainingFile(files, 'validation_file', request.validation_file) : null,
    seed: request.seed ?? randomInt(2 ** 32),
    suffix: request.suffix ?? null,
    metadata: request.metadata ?? {},
    hyperparameters: hyperparametersOf(request),
    fineTunedModel: null,
    weightsFile: null,
    resultFiles: [],
    trainedTokens: null,
    error: null,
  };
}

function trainingFile(files: FileStore, param: string, id: string): string {
  if (files.get(id).purpose === 'fine-tune') return id;
  throw badRequest(`File '${id}' was not uploaded with the purpose 'fine-tune'.`, param, 'invalid_file_purpose');
}

function hasMetadata(job: Job, query: Record<string, string>): boolean {
  return Object.entries(query).every(([name, value]) => {
    const key = /^metadata\[(.+)\]$/.exec(name)?.[1];
    return key === undefined || (Object.hasOwn(job.metadata, key) && job.metadata[key] === value);
  });
}
