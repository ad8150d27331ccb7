import type { MiddlewareHandler } from 'hono';
import type { ApiEnvironment } from '../environment.js';
import { sendProblem } from '../problem.js';

const TOKEN_KEY = /^(?:access[-_]?token|api[-_]?key|auth(?:orization)?|bearer|token)$/i;
const TOKEN_VALUE = /assay_[A-Za-z0-9_-]{20,}/;

/** Refuses tokens in the address: it ends up in logs, histories and referrers (ASVS 14.2.1). */
export const refuseQueryTokens: MiddlewareHandler<ApiEnvironment> = async (c, next) => {
  const parameters = new URL(c.req.url).searchParams;
  const isToken = [...parameters].some(([key, value]) => TOKEN_KEY.test(key) || TOKEN_VALUE.test(value));
  if (!isToken) return next();
  return sendProblem(c, {
    status: 422,
    title: 'The request was not understood',
    code: 'INVALID_INPUT',
    detail: 'A token in the address is refused. Send it as `Authorization: Bearer …`, and revoke this one.',
  });
};
