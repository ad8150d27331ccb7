import type { Handler } from 'hono';
import { revokedTokenSchema, tokenListSchema, tokenQuerySchema, type TokenList } from '../../../../domain/api/token.js';
import { LifecycleError } from '../../../../domain/kernel/errors.js';
import { requireInstallationAdmin } from '../../accounts-view.js';
import type { ApiEnvironment } from '../../environment.js';
import { isUuid } from '../../is-uuid.js';
import { readQuery } from '../../read-request.js';
import type { Route } from '../../route.js';
import type { ApiStores } from '../../stores.js';

type Stores = Pick<ApiStores, 'accounts' | 'tokens'>;

/** GET /v1/tokens: one's own tokens, or, for an admin of the installation, somebody's. */
function listTokens({ tokens }: Stores): Handler<ApiEnvironment> {
  return async (c) => {
    const caller = c.get('principal');
    const { principal = caller.id } = readQuery(c, tokenQuerySchema);
    if (principal !== caller.id) requireInstallationAdmin(caller);
    const found = await tokens.of(principal);
    const answer: TokenList = {
      tokens: found.map(({ createdAt, expiresAt, lastUsedAt, ...token }) => ({
        ...token,
        createdAt: createdAt.toISOString(),
        expiresAt: expiresAt.toISOString(),
        lastUsedAt: lastUsedAt?.toISOString() ?? null,
        isThis: token.id === caller.tokenId,
      })),
    };
    return c.json(answer);
  };
}

export const listTokensRoute: Route = {
  method: 'get',
  path: '/v1/tokens',
  operationId: 'listTokens',
  tag: 'account',
  summary: 'List your tokens, or, as an admin of the installation, those of somebody',
  request: { query: tokenQuerySchema },
  answers: { 200: { description: 'Those that count now, the latest first.', schema: tokenListSchema } },
  handler: listTokens,
};

/** POST /v1/tokens/:id/revoke: from the next request on it opens nothing. */
function revokeToken({ accounts, tokens }: Stores): Handler<ApiEnvironment> {
  return async (c) => {
    const caller = c.get('principal');
    const id = c.req.param('id') ?? '';
    const found = isUuid(id) ? await tokens.find(id) : undefined;
    if (found === undefined || (found.principal !== caller.id && !caller.isInstallationAdmin))
      throw new LifecycleError('NOT_FOUND', `You have no token ${id}.`);
    await accounts.revokeToken(id, caller.id);
    return c.json({ id });
  };
}

export const revokeTokenRoute: Route = {
  method: 'post',
  path: '/v1/tokens/:id/revoke',
  operationId: 'revokeToken',
  tag: 'account',
  summary: 'Revoke a token',
  answers: { 200: { description: 'It opens nothing any more.', schema: revokedTokenSchema } },
  handler: revokeToken,
};
