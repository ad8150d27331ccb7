import { createHash } from 'node:crypto';
import type { MiddlewareHandler } from 'hono';
import type { ApiEnvironment } from '../environment.js';
import { sendProblem } from '../problem.js';
import type { ApiStores } from '../stores.js';

const BEARER = /^Bearer (assay_[A-Za-z0-9_-]{43})$/;

/**
 * Finds out who asks, by an opaque token of which only the SHA-256 is known. Tokens of the gateway open nothing here;
 * demo identities only where `assay dev` started the api.
 */
export function authenticate(options: {
  accounts: ApiStores['accounts'];
  allowDemoIdentities: boolean;
}): MiddlewareHandler<ApiEnvironment> {
  return async (c, next) => {
    const token = BEARER.exec(c.req.header('authorization') ?? '')?.[1];
    const principal = token === undefined ? undefined : await options.accounts.principalByToken(sha256(token));
    const isRefused = principal?.isDemo === true && !options.allowDemoIdentities;
    if (principal === undefined || isRefused || principal.scopes.includes('gateway')) {
      c.header('www-authenticate', 'Bearer realm="assay"');
      return sendProblem(c, {
        status: 401,
        title: 'Who is asking?',
        code: 'UNAUTHENTICATED',
        detail: isRefused
          ? 'This is an identity of the demonstration: only an api that `assay dev` started takes it.'
          : 'Send a valid token of the api as `Authorization: Bearer assay_…`.',
      });
    }
    c.set('principal', principal);
    return next();
  };
}

const sha256 = (token: string): string => createHash('sha256').update(token).digest('hex');
