import type { Handler } from 'hono';
import { signedOutSchema } from '../../../../domain/api/sign-in.js';
import type { ApiEnvironment } from '../../environment.js';
import type { Route, RouteOptions } from '../../route.js';
import { forgetCookie } from '../../sign-in/sign-in.js';
import type { ApiStores } from '../../stores.js';

/** POST /v1/auth/sign-out: ends what it was asked with, the session or the token. */
function signOut(
  { accounts, sessions }: Pick<ApiStores, 'accounts' | 'sessions'>,
  { signIn }: RouteOptions,
): Handler<ApiEnvironment> {
  return async (c) => {
    const { id, sessionId, tokenId } = c.get('principal');
    if (tokenId !== null) await accounts.revokeToken(tokenId, id);
    if (sessionId !== null) {
      await sessions.end(sessionId, id);
      forgetCookie(c, signIn);
    }
    return c.json({ ended: sessionId === null ? 'token' : 'session' });
  };
}

export const signOutRoute: Route = {
  method: 'post',
  path: '/v1/auth/sign-out',
  operationId: 'signOut',
  tag: 'account',
  summary: 'End the session, or the token, that asks',
  scope: 'read',
  keepsNoAnswer: true,
  answers: { 200: { description: 'It opens nothing any more.', schema: signedOutSchema } },
  handler: signOut,
};
