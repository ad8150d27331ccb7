import { createHash, timingSafeEqual } from 'node:crypto';
import type { MiddlewareHandler } from 'hono';
import { errorResponse } from './api-errors.js';

/**
 * Lets only callers with `Authorization: Bearer <key>` through; compared in constant time.
 *
 * @example app.use('/v1/*', requireKey('the key'))
 */
export function requireKey(apiKey: string): MiddlewareHandler {
  const expected = hash(`Bearer ${apiKey}`);
  return async (c, next) => {
    if (timingSafeEqual(hash(c.req.header('authorization') ?? ''), expected)) return next();
    return errorResponse(c, 401, {
      message: 'The API key is missing or wrong. Send the key that this provider was started with as a bearer token.',
      type: 'invalid_request_error',
      param: null,
      code: 'invalid_api_key',
    });
  };
}

const hash = (text: string): Buffer => createHash('sha256').update(text).digest();
