import type { MiddlewareHandler } from 'hono';
import type { ApiEnvironment } from '../environment.js';

/**
 * Answers are data: nothing in them is shown as a page, framed, guessed at or kept by a cache. The console's page and
 * files say for themselves what they may do and how long they are kept.
 */
export const secureHeaders: MiddlewareHandler<ApiEnvironment> = async (c, next) => {
  await next();
  if (!c.res.headers.has('cache-control')) c.header('cache-control', 'no-store');
  if (!c.res.headers.has('content-security-policy'))
    c.header('content-security-policy', "default-src 'none'; frame-ancestors 'none'");
  c.header('x-content-type-options', 'nosniff');
  c.header('referrer-policy', 'no-referrer');
};
