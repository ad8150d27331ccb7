import type { Handler } from 'hono';
import { codeSha256 } from '../../../../db/readable-code.js';
import { passwordSetSchema, setPasswordSchema } from '../../../../domain/api/sign-in.js';
import type { ApiEnvironment } from '../../environment.js';
import { readBody } from '../../read-request.js';
import type { Route, RouteOptions } from '../../route.js';
import { hashPassword } from '../../sign-in/passwords.js';
import { refuseOtherSites } from '../../sign-in/same-site.js';
import { codeLimits, tooMany } from '../../sign-in/too-many.js';
import type { ApiStores } from '../../stores.js';

/** POST /v1/auth/code: a password for whom an admin issued the code; sessions that they had end. */
function setPassword(
  { codes, pace }: Pick<ApiStores, 'codes' | 'pace'>,
  { signIn }: RouteOptions,
): Handler<ApiEnvironment> {
  return async (c) => {
    const { code, password } = await readBody(c, setPasswordSchema);
    refuseOtherSites(c, signIn);
    const wait = await pace.take(codeLimits(c));
    if (wait !== undefined) return tooMany(c, wait);
    const hash = await hashPassword(password);
    return c.json(await codes.usePasswordCode({ sha256: codeSha256(code), hash }), 201);
  };
}

export const setPasswordRoute: Route = {
  method: 'post',
  path: '/v1/auth/code',
  operationId: 'setPassword',
  tag: 'account',
  summary: 'Set your password by a code that an admin gave you',
  isPublic: true,
  keepsNoAnswer: true,
  request: { body: setPasswordSchema },
  answers: { 201: { description: 'It is set: sign in with it.', schema: passwordSetSchema } },
  handler: setPassword,
};
