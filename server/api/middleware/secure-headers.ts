import type { MiddlewareHandler } from 'hono';
import type { ApiEnvironment } from '../environment.js';

/** Answers are data: nothing in them is shown as a page, framed, guessed at or kept by a cache. */
export const secureHeaders: MiddlewareHandler<ApiEnvironment> = async (c, next) => {
  await next();
  c.header('cache-control', 'no-store');
  c.header('content-security-policy', "default-src 'none'; frame-ancestors 'none'");
  c.header('x-content-type-options', 'nosniff');
  c.header('referrer-policy', 'no-referrer');
};
