import type { Handler } from 'hono';
import { demoSignInSchema, signedInSchema } from '../../../../domain/api/sign-in.js';
import { LifecycleError } from '../../../../domain/kernel/errors.js';
import type { ApiEnvironment } from '../../environment.js';
import { readBody } from '../../read-request.js';
import type { Route, RouteOptions } from '../../route.js';
import { refuseOtherSites } from '../../sign-in/same-site.js';
import { beginSession } from '../../sign-in/sign-in.js';
import type { ApiStores } from '../../stores.js';

/** POST /v1/auth/demo: a session as one of the demonstration's people, where `assay dev` started the api. */
function signInAsDemo(
  { accounts, sessions }: Pick<ApiStores, 'accounts' | 'sessions'>,
  { signIn }: RouteOptions,
): Handler<ApiEnvironment> {
  return async (c) => {
    const { principal } = await readBody(c, demoSignInSchema);
    if (!signIn.isDev) throw new LifecycleError('NOT_ALLOWED', 'Only under `assay dev` are there demo identities.');
    refuseOtherSites(c, signIn);
    const found = (await accounts.demoPeople()).find(({ id }) => id === principal);
    if (found === undefined) throw new LifecycleError('NOT_FOUND', `There is no demo identity ${principal}.`);
    await beginSession(c, signIn, sessions, (id) => sessions.create({ ...id, principal, method: 'demo' }));
    return c.json({ principal, displayName: found.displayName }, 201);
  };
}

export const signInAsDemoRoute: Route = {
  method: 'post',
  path: '/v1/auth/demo',
  operationId: 'signInAsDemo',
  tag: 'account',
  summary: 'Sign in as an identity of the demonstration, under `assay dev` only',
  isPublic: true,
  keepsNoAnswer: true,
  request: { body: demoSignInSchema },
  answers: { 201: { description: 'Signed in.', schema: signedInSchema } },
  handler: signInAsDemo,
};
