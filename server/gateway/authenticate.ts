import { createHash } from 'node:crypto';
import type { MiddlewareHandler } from 'hono';
import { addressOf } from '../process/address-of.js';
import { createGuessLimit } from '../process/guess-limit.js';
import type { GatewayCaller, GatewayDependencies } from './dependencies.js';
import type { GatewayEnvironment } from './environment.js';
import { GatewayRefusal } from './openai-error.js';
import { createTimedMemo } from './timed-memo.js';

const BEARER = /^Bearer (assay_[A-Za-z0-9_-]{43})$/;
/** A revoked token stops working within this time. */
const TOKEN_MILLISECONDS = 2000;

type Options = Pick<GatewayDependencies, 'accounts' | 'allowDemoIdentities'> & { clock: () => number };

/**
 * Finds out who asks and for which project: the caller's only one, or the one in `x-assay-project`. Whoever tries many
 * tokens waits.
 */
export function authenticate({ accounts, allowDemoIdentities, clock }: Options): MiddlewareHandler<GatewayEnvironment> {
  const callers = createTimedMemo({
    load: (sha256) => accounts.principalByToken(sha256),
    milliseconds: TOKEN_MILLISECONDS,
    clock,
  });
  const guesses = createGuessLimit({ clock });
  const callerOf = async (token: string, address: string): Promise<GatewayCaller | undefined> => {
    const hash = createHash('sha256').update(token).digest('hex');
    const wait = guesses.waitSeconds(address, hash);
    if (wait !== undefined) throw slowDown(wait);
    const caller = await callers(hash);
    if (caller === undefined) guesses.failed(address);
    else guesses.succeeded(hash);
    return caller;
  };
  return async (c, next) => {
    const token = BEARER.exec(c.req.header('authorization') ?? '')?.[1];
    const caller = token === undefined ? undefined : await callerOf(token, addressOf(c));
    if (caller === undefined || (caller.isDemo && !allowDemoIdentities))
      throw new GatewayRefusal(
        401,
        'invalid_api_key',
        'Send a valid token of the gateway as `Authorization: Bearer …`.',
      );
    if (!caller.scopes.includes('gateway'))
      throw new GatewayRefusal(403, 'not_allowed', 'This token does not have the scope `gateway`.');
    c.set('caller', caller.id);
    c.set('project', projectOf(caller, c.req.header('x-assay-project')));
    return next();
  };
}

const slowDown = (seconds: number): GatewayRefusal =>
  new GatewayRefusal(
    429,
    'rate_limited',
    `Too many tokens from this address were not valid. Wait ${seconds} s.`,
    String(seconds),
  );

function projectOf(caller: GatewayCaller, asked: string | undefined): string {
  const projects = [...new Set(caller.roles.map(({ project }) => project))];
  if (asked !== undefined && projects.includes(asked)) return asked;
  const [only, other] = projects;
  if (asked === undefined && only !== undefined && other === undefined) return only;
  if (asked === undefined && other !== undefined)
    throw new GatewayRefusal(
      400,
      'invalid_request',
      'This token is good for several projects: name one in `x-assay-project`.',
    );
  throw new GatewayRefusal(403, 'not_allowed', 'This token is not good for any such project.');
}
