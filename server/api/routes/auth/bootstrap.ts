import type { Handler } from 'hono';
import { codeSha256 } from '../../../../db/readable-code.js';
import { bootstrappedSchema, bootstrapSchema } from '../../../../domain/api/sign-in.js';
import type { ApiEnvironment } from '../../environment.js';
import { newToken } from '../../new-token.js';
import { readBody } from '../../read-request.js';
import type { Route, RouteOptions } from '../../route.js';
import { hashPassword } from '../../sign-in/passwords.js';
import { refuseOtherSites } from '../../sign-in/same-site.js';
import { codeLimits, tooMany } from '../../sign-in/too-many.js';
import type { ApiStores } from '../../stores.js';

type Stores = Pick<ApiStores, 'accounts' | 'codes' | 'pace' | 'tokens'>;

const TOKEN_MILLISECONDS = 12 * 3_600_000;

/**
 * POST /v1/auth/bootstrap: the first admin, by the code that who owns the database has. They get a token for the command
 * line too, so that an installation can be set up before there is a page to sign in at.
 */
function bootstrap({ accounts, codes, pace, tokens }: Stores, { signIn }: RouteOptions): Handler<ApiEnvironment> {
  return async (c) => {
    const { code, account, displayName, password } = await readBody(c, bootstrapSchema);
    refuseOtherSites(c, signIn);
    const wait = await pace.take(codeLimits(c));
    if (wait !== undefined) return tooMany(c, wait);
    const hash = await hashPassword(password);
    await codes.useFirstAdminCode({ codeSha256: codeSha256(code), account, displayName, hash });
    const { token, sha256 } = newToken();
    const expiresAt = await tokens.endAfter(TOKEN_MILLISECONDS);
    const scopes = ['read', 'write'];
    await accounts.createToken({ principal: account, sha256, label: 'first admin', scopes, expiresAt }, account);
    return c.json({ principal: account, token, expiresAt: expiresAt.toISOString() }, 201);
  };
}

export const bootstrapRoute: Route = {
  method: 'post',
  path: '/v1/auth/bootstrap',
  operationId: 'bootstrap',
  tag: 'account',
  summary: 'Make the first admin, by the code of `assay accounts bootstrap`',
  description: 'The code counts once and for an hour. Refused where there is an admin of the installation.',
  isPublic: true,
  keepsNoAnswer: true,
  request: { body: bootstrapSchema },
  answers: { 201: { description: 'The admin is there; the token is shown once.', schema: bootstrappedSchema } },
  handler: bootstrap,
};
