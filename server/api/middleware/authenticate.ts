import { createHash } from 'node:crypto';
import type { Context, MiddlewareHandler } from 'hono';
import { addressOf } from '../../process/address-of.js';
import type { GuessLimit } from '../../process/guess-limit.js';
import type { ApiEnvironment } from '../environment.js';
import { sendProblem } from '../problem.js';
import type { ApiStores } from '../stores.js';

const BEARER = /^Bearer (assay_[A-Za-z0-9_-]{43})$/;

/**
 * Finds out who asks, by an opaque token of which only the SHA-256 is known. Tokens of the gateway open nothing here;
 * demo identities only where `assay dev` started the api. Whoever tries many tokens waits.
 */
export function authenticate(options: {
  accounts: ApiStores['accounts'];
  allowDemoIdentities: boolean;
  guesses: GuessLimit;
}): MiddlewareHandler<ApiEnvironment> {
  const { accounts, allowDemoIdentities, guesses } = options;
  return async (c, next) => {
    const token = BEARER.exec(c.req.header('authorization') ?? '')?.[1];
    if (token === undefined) return refuse(c, TOKEN_WANTED);
    const hash = createHash('sha256').update(token).digest('hex');
    const address = addressOf(c);
    const wait = guesses.waitSeconds(address, hash);
    if (wait !== undefined) return slowDown(c, wait);
    const principal = await accounts.principalByToken(hash);
    if (principal === undefined) guesses.failed(address);
    if (principal?.isDemo === true && !allowDemoIdentities) return refuse(c, DEMO_REFUSED);
    if (principal === undefined || principal.scopes.includes('gateway')) return refuse(c, TOKEN_WANTED);
    guesses.succeeded(hash);
    c.set('principal', principal);
    return next();
  };
}

const TOKEN_WANTED = 'Send a valid token of the api as `Authorization: Bearer assay_…`.';
const DEMO_REFUSED = 'This is an identity of the demonstration: only an api that `assay dev` started takes it.';

function refuse(c: Context<ApiEnvironment>, detail: string): Response {
  c.header('www-authenticate', 'Bearer realm="assay"');
  return sendProblem(c, { status: 401, title: 'Who is asking?', code: 'UNAUTHENTICATED', detail });
}

function slowDown(c: Context<ApiEnvironment>, seconds: number): Response {
  c.header('retry-after', String(seconds));
  const detail = `Too many tokens from this address were not valid. Wait ${seconds} s.`;
  return sendProblem(c, { status: 429, title: 'Too many attempts', code: 'TOO_MANY', detail });
}
