import { bodyLimit } from 'hono/body-limit';
import type { ApiEnvironment } from '../environment.js';
import { sendProblem } from '../problem.js';
import type { Context } from 'hono';

const LIMIT_BYTES = 2 * 1024 * 1024;

/** Refuses bodies above 2 MB, also those that do not say how long they are. */
export const limitBody = bodyLimit({
  maxSize: LIMIT_BYTES,
  onError: (c) =>
    sendProblem(c as Context<ApiEnvironment>, {
      status: 413,
      title: 'The request is too large',
      code: 'TOO_LARGE',
      detail: `A body may have up to ${LIMIT_BYTES} bytes.`,
    }),
});
