import type { Handler } from 'hono';
import { signInOptionsSchema, type SignInOptions } from '../../../../domain/api/sign-in.js';
import type { ApiEnvironment } from '../../environment.js';
import type { Route, RouteOptions } from '../../route.js';
import { canSignIn } from '../../sign-in/sign-in.js';
import type { ApiStores } from '../../stores.js';

/** GET /v1/auth/options: how people sign in here, for the page that asks them to. */
function showSignInOptions(
  { accounts, admins }: Pick<ApiStores, 'accounts' | 'admins'>,
  { signIn }: RouteOptions,
): Handler<ApiEnvironment> {
  return async (c) => {
    const isPossible = canSignIn(signIn);
    const answer: SignInOptions = {
      local: isPossible,
      oidc: isPossible && signIn.oidc !== undefined ? { label: signIn.oidc.label } : null,
      demo: isPossible && signIn.isDev ? await accounts.demoPeople() : [],
      needsFirstAdmin: !signIn.isDev && !(await admins.exist()),
    };
    return c.json(answer);
  };
}

export const showSignInOptionsRoute: Route = {
  method: 'get',
  path: '/v1/auth/options',
  operationId: 'showSignInOptions',
  tag: 'account',
  summary: 'How people sign in here',
  isPublic: true,
  answers: { 200: { description: 'The ways that there are.', schema: signInOptionsSchema } },
  handler: showSignInOptions,
};
