import type { Handler } from 'hono';
import { localSignInSchema, signedInSchema } from '../../../../domain/api/sign-in.js';
import type { ApiEnvironment } from '../../environment.js';
import { sendProblem } from '../../problem.js';
import { readBody } from '../../read-request.js';
import type { Route, RouteOptions } from '../../route.js';
import { isPassword } from '../../sign-in/passwords.js';
import { refuseOtherSites } from '../../sign-in/same-site.js';
import { beginSession, requireSafeTransport } from '../../sign-in/sign-in.js';
import { passwordLimits, tooMany } from '../../sign-in/too-many.js';
import type { ApiStores } from '../../stores.js';

type Stores = Pick<ApiStores, 'accounts' | 'passwords' | 'pace' | 'sessions'>;

/** POST /v1/auth/local: a session for an account and its password. What was wrong is not said, nor how long it took. */
function signInLocally(stores: Stores, { signIn }: RouteOptions): Handler<ApiEnvironment> {
  const { accounts, passwords, pace, sessions } = stores;
  return async (c) => {
    const { account, password } = await readBody(c, localSignInSchema);
    refuseOtherSites(c, signIn);
    requireSafeTransport(signIn);
    const limits = passwordLimits(c, account);
    const wait = await pace.take(limits);
    if (wait !== undefined) return tooMany(c, wait);
    const known = await passwords.hashOf(account);
    if (!(await isPassword(known, password))) {
      await passwords.recordFailure(known === undefined ? undefined : account, 'account or password is not right');
      const detail = 'Account or password is not right.';
      return sendProblem(c, { status: 401, title: 'Who is asking?', code: 'UNAUTHENTICATED', detail });
    }
    await pace.forget(limits);
    await beginSession(c, signIn, sessions, (id) => sessions.create({ ...id, principal: account, method: 'local' }));
    return c.json({ principal: account, displayName: await accounts.displayName(account) }, 201);
  };
}

export const signInLocallyRoute: Route = {
  method: 'post',
  path: '/v1/auth/local',
  operationId: 'signInLocally',
  tag: 'account',
  summary: 'Sign in with an account of this installation',
  description:
    'The session is a cookie. Ten wrong passwords within 15 minutes lock an account for the address they came from.',
  isPublic: true,
  keepsNoAnswer: true,
  request: { body: localSignInSchema },
  answers: { 201: { description: 'Signed in.', schema: signedInSchema } },
  handler: signInLocally,
};
