import type { Context, Hono } from 'hono';
import { LifecycleError, isLifecycleError } from '../../../domain/kernel/errors.js';
import { addressOf } from '../../process/address-of.js';
import type { ApiEnvironment } from '../environment.js';
import { sendProblem } from '../problem.js';
import type { ApiStores } from '../stores.js';
import { pageOf } from './next-path.js';
import type { OidcSignIn } from './oidc.js';
import { keepTransaction, takeTransaction } from './oidc-cookie.js';
import { beginSession, requireSafeTransport, type SignIn } from './sign-in.js';
import { tooMany } from './too-many.js';

type Stores = Pick<ApiStores, 'identities' | 'pace' | 'passwords' | 'sessions'>;

const SEE_OTHER = 303;
const LIMIT = { most: 100, windowSeconds: 900 };

/**
 * The two addresses that a browser visits on its way to the identity provider and back. They are no operations of the
 * api: GET /auth/oidc/start?next=/path[&reauthenticate=1] leads there, GET /auth/oidc/callback begins the session.
 */
export function addOidc(app: Hono<ApiEnvironment>, stores: Stores, signIn: SignIn): void {
  app.get('/auth/oidc/start', async (c) => {
    const { oidc, publicUrl } = configured(signIn);
    const next = pageOf(publicUrl, c.req.query('next'));
    const isFresh = c.req.query('reauthenticate') === '1';
    const { url, transaction } = await oidc.start({ next: next.pathname + next.search + next.hash, isFresh });
    keepTransaction(c, transaction, isSecure(publicUrl));
    return c.redirect(url.href, SEE_OTHER);
  });
  app.get('/auth/oidc/callback', async (c) => {
    const { oidc, publicUrl } = configured(signIn);
    const wait = await stores.pace.take([{ what: ['oidc-from', addressOf(c)], ...LIMIT }]);
    if (wait !== undefined) return tooMany(c, wait);
    try {
      const transaction = takeTransaction(c, isSecure(publicUrl));
      if (transaction === undefined)
        throw new LifecycleError('NOT_ALLOWED', 'This browser has begun no sign-in of late. Begin again.');
      const { acr, amr, authenticatedAt, ...who } = await oidc.finish(new URL(c.req.url).search, transaction);
      const { principal } = await stores.identities.resolve(who);
      const how = { principal, method: 'oidc', acr, amr, authenticatedAt } as const;
      await beginSession(c, signIn, stores.sessions, (id) => stores.sessions.create({ ...id, ...how }));
      return c.redirect(pageOf(publicUrl, transaction.next).href, SEE_OTHER);
    } catch (error) {
      return refuse(c, stores, error);
    }
  });
}

const isSecure = (publicUrl: URL): boolean => publicUrl.protocol === 'https:';

function configured(signIn: SignIn): { oidc: OidcSignIn; publicUrl: URL } {
  const { oidc, publicUrl } = signIn;
  if (oidc === undefined || publicUrl === undefined)
    throw new LifecycleError(
      'NOT_FOUND',
      'Nobody signs in by an identity provider here: ASSAY_OIDC_ISSUER is not set.',
    );
  requireSafeTransport(signIn);
  return { oidc, publicUrl };
}

/** A sign-in that does not hold is nobody's: 401, and on record. */
async function refuse(c: Context<ApiEnvironment>, { passwords }: Stores, error: unknown): Promise<Response> {
  if (!isLifecycleError(error, 'NOT_ALLOWED')) throw error;
  await passwords.recordFailure(undefined, error.message);
  return sendProblem(c, { status: 401, title: 'Who is asking?', code: 'UNAUTHENTICATED', detail: error.message });
}
