import type { Handler } from 'hono';
import { createTokenSchema, createdTokenSchema, type CreatedToken } from '../../../../domain/api/token.js';
import { LifecycleError } from '../../../../domain/kernel/errors.js';
import { MOST_TOKENS } from '../../../../db/stores/token-list.js';
import { requireInstallationAdmin } from '../../accounts-view.js';
import type { ApiEnvironment } from '../../environment.js';
import { newToken } from '../../new-token.js';
import { readBody } from '../../read-request.js';
import type { Route } from '../../route.js';
import type { ApiStores, Principal } from '../../stores.js';

type Stores = Pick<ApiStores, 'accounts' | 'people' | 'tokens'>;

const DAY_MILLISECONDS = 86_400_000;

/** POST /v1/tokens: a token for oneself, or, by an admin of the installation, for a service. */
function createToken({ accounts, people, tokens }: Stores): Handler<ApiEnvironment> {
  return async (c) => {
    const maker = c.get('principal');
    const { label, scopes, expiresInDays, for: service } = await readBody(c, createTokenSchema);
    const holder = service ?? maker.id;
    if (holder !== maker.id) await requireService(people, maker, holder);
    else requireNoMore(maker, scopes);
    const own = await tokens.of(holder);
    if (own.length >= MOST_TOKENS)
      throw new LifecycleError('CONFLICT', `${holder} has ${own.length} tokens. Revoke those that are not used.`);
    const wanted = await tokens.endAfter(expiresInDays * DAY_MILLISECONDS);
    const expiresAt = new Date(Math.min(wanted.getTime(), await endOf(maker, tokens)));
    const { token, sha256 } = newToken();
    const authenticatedAt = new Date(maker.authenticatedAt);
    const made = { principal: holder, sha256, label, scopes, expiresAt, authenticatedAt };
    const { tokenId: id } = await accounts.createToken(made, maker.id);
    const answer: CreatedToken = {
      id,
      principal: holder,
      label,
      scopes,
      expiresAt: expiresAt.toISOString(),
      token,
    };
    return c.json(answer, 201);
  };
}

async function requireService(people: Stores['people'], maker: Principal, id: string): Promise<void> {
  requireInstallationAdmin(maker);
  const found = await people.find(id);
  if (found === undefined) throw new LifecycleError('NOT_FOUND', `There is no principal ${id}.`);
  if (found.kind === 'service' && found.deactivatedAt === null) return;
  throw new LifecycleError(
    'NOT_ALLOWED',
    `${id} is ${found.kind === 'person' ? 'a person: they make' : 'deactivated: it has'} no token by others.`,
  );
}

/** A token is good for no more than what made it. @throws LifecycleError NOT_ALLOWED */
function requireNoMore(maker: Principal, scopes: readonly string[]): void {
  const more = scopes.filter((scope) => scope !== 'gateway' && !maker.scopes.includes(scope));
  if (more.length === 0) return;
  throw new LifecycleError('NOT_ALLOWED', `Your token does not have the scope ${more.join(' and ')} itself.`);
}

/** A token that a token made ends with it. */
async function endOf({ tokenId }: Principal, tokens: Stores['tokens']): Promise<number> {
  if (tokenId === null) return Number.POSITIVE_INFINITY;
  return (await tokens.find(tokenId))?.expiresAt.getTime() ?? 0;
}

export const createTokenRoute: Route = {
  method: 'post',
  path: '/v1/tokens',
  operationId: 'createToken',
  tag: 'account',
  summary: 'Make a token for yourself, or, as an admin of the installation, for a service',
  description: 'It is shown once. It is good for no more, and for no longer, than the token that made it.',
  keepsNoAnswer: true,
  request: { body: createTokenSchema },
  answers: { 201: { description: 'The token: keep it now.', schema: createdTokenSchema } },
  handler: createToken,
};
