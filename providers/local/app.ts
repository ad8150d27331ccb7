import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { errorResponse, respondToError } from './api-errors.js';
import type { Models } from './models.js';
import { requireKey } from './require-key.js';
import { chatRoutes } from './routes/chat.js';
import { fileRoutes } from './routes/files.js';
import { jobRoutes } from './routes/jobs.js';
import { modelRoutes } from './routes/models.js';
import type { EventLog } from './store/event-log.js';
import type { FileStore } from './store/file-store.js';
import type { JobStore } from './store/job-store.js';
import type { JobRunner } from './training/job-runner.js';

const MEGABYTE = 1024 * 1024;
const MAXIMUM_UPLOAD_BYTES = 512 * MEGABYTE;
const MAXIMUM_JSON_BYTES = 16 * MEGABYTE;

interface AppDependencies {
  apiKey: string;
  jobs: JobStore;
  files: FileStore;
  events: EventLog;
  runner: JobRunner;
  models: Models;
}

/** The provider's HTTP interface, without a socket. */
export function createLocalApp({ apiKey, models, ...stores }: AppDependencies): Hono {
  return new Hono()
    .onError(respondToError)
    .notFound((c) => {
      const message = `There is no ${c.req.method} ${c.req.path} here.`;
      return errorResponse(c, 404, { message, type: 'invalid_request_error', param: null, code: 'unknown_url' });
    })
    .get('/health', (c) => c.json({ status: 'ok' }))
    .use('/v1/*', requireKey(apiKey))
    .use('/v1/files', limitBody(MAXIMUM_UPLOAD_BYTES))
    .use('/v1/fine_tuning/*', limitBody(MAXIMUM_JSON_BYTES))
    .use('/v1/chat/*', limitBody(MAXIMUM_JSON_BYTES))
    .route('/v1/files', fileRoutes(stores.files))
    .route('/v1/fine_tuning/jobs', jobRoutes(stores))
    .route('/v1/chat/completions', chatRoutes(models))
    .route('/v1/models', modelRoutes(models));
}

const limitBody = (maxSize: number) =>
  bodyLimit({
    maxSize,
    onError: (c) => {
      const message = `The request body is larger than ${maxSize / MEGABYTE} MB. Send less.`;
      return errorResponse(c, 413, { message, type: 'invalid_request_error', param: null, code: 'request_too_large' });
    },
  });
