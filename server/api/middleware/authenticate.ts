import type { Context, MiddlewareHandler } from 'hono';
import { LifecycleError } from '../../../domain/kernel/errors.js';
import { addressOf } from '../../process/address-of.js';
import type { GuessLimit } from '../../process/guess-limit.js';
import type { ApiEnvironment } from '../environment.js';
import { sendProblem } from '../problem.js';
import { requireSameSite } from '../sign-in/same-site.js';
import { sessionHash, sha256, type SignIn } from '../sign-in/sign-in.js';
import type { ApiStores, Principal } from '../stores.js';

const BEARER = /^Bearer (assay_[A-Za-z0-9_-]{43})$/;

interface Options {
  stores: Pick<ApiStores, 'accounts' | 'sessions'>;
  signIn: SignIn;
  guesses: GuessLimit;
  /** Whether the request is one that may be asked before anybody has signed in. */
  isPublic: (c: Context<ApiEnvironment>) => boolean;
}

interface Credential {
  /** SHA-256 of the token or of the session's id. */
  hash: string;
  holder: () => Promise<Principal | undefined>;
}

/**
 * Finds out who asks, by a token or a session's cookie, of which only the SHA-256 is known; roles are those held now.
 * Tokens of the gateway open nothing here; demo identities only where `assay dev` started the api. Whoever tries many
 * waits.
 */
export function authenticate({ stores, signIn, guesses, isPublic }: Options): MiddlewareHandler<ApiEnvironment> {
  return async (c, next) => {
    if (isPublic(c)) return next();
    const credential = credentialOf(c, stores, signIn);
    if (credential === undefined) return refuse(c, TOKEN_WANTED);
    const address = addressOf(c);
    const wait = guesses.waitSeconds(address, credential.hash);
    if (wait !== undefined) return slowDown(c, wait);
    const principal = await credential.holder();
    if (principal === undefined) {
      guesses.failed(address);
      if (await stores.sessions.isOfDeactivated(credential.hash)) throw deactivated();
      return refuse(c, TOKEN_WANTED);
    }
    if (principal.isDemo && !signIn.isDev) return refuse(c, DEMO_REFUSED);
    if (principal.scopes.includes('gateway')) return refuse(c, TOKEN_WANTED);
    guesses.succeeded(credential.hash);
    if (principal.via === 'session') requireSameSite(c, signIn);
    c.set('principal', principal);
    return next();
  };
}

/** A token counts before a cookie: whoever sends one means it. */
function credentialOf(c: Context, stores: Options['stores'], signIn: SignIn): Credential | undefined {
  const header = c.req.header('authorization');
  if (header !== undefined) {
    const token = BEARER.exec(header)?.[1];
    const hash = token === undefined ? undefined : sha256(token);
    return hash === undefined ? undefined : { hash, holder: () => stores.accounts.principalByToken(hash) };
  }
  const hash = sessionHash(c, signIn);
  return hash === undefined ? undefined : { hash, holder: () => stores.sessions.principalBySession(hash) };
}

const TOKEN_WANTED = 'Sign in, or send a valid token of the api as `Authorization: Bearer assay_…`.';
const DEMO_REFUSED = 'This is an identity of the demonstration: only an api that `assay dev` started takes it.';

const deactivated = (): LifecycleError =>
  new LifecycleError('NOT_ALLOWED', 'This account is deactivated. Ask an admin of the installation.');

function refuse(c: Context<ApiEnvironment>, detail: string): Response {
  c.header('www-authenticate', 'Bearer realm="assay"');
  return sendProblem(c, { status: 401, title: 'Who is asking?', code: 'UNAUTHENTICATED', detail });
}

function slowDown(c: Context<ApiEnvironment>, seconds: number): Response {
  c.header('retry-after', String(seconds));
  const detail = `Too many tokens or sessions from this address were not valid. Wait ${seconds} s.`;
  return sendProblem(c, { status: 429, title: 'Too many attempts', code: 'TOO_MANY', detail });
}
