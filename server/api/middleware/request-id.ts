import { randomUUID } from 'node:crypto';
import type { MiddlewareHandler } from 'hono';
import type { ApiEnvironment } from '../environment.js';

/** Gives each request an id of our own making, which its answer and its log lines carry. */
export const requestId: MiddlewareHandler<ApiEnvironment> = async (c, next) => {
  c.set('requestId', randomUUID());
  await next();
  c.header('x-request-id', c.get('requestId'));
};
