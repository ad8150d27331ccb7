import type { Context, Handler } from 'hono';
import { readableCode, codeSha256 } from '../../../../db/readable-code.js';
import { changedPrincipalSchema, issuedCodeSchema } from '../../../../domain/api/principal.js';
import { LifecycleError } from '../../../../domain/kernel/errors.js';
import { refuseSelf } from '../../accounts-view.js';
import type { ApiEnvironment } from '../../environment.js';
import type { Route } from '../../route.js';
import type { ApiStores } from '../../stores.js';

type Stores = Pick<ApiStores, 'people'>;

/** Whom the path names; for whoever is no admin of the installation there is nobody. */
async function loadPrincipal(c: Context<ApiEnvironment>, people: Stores['people']) {
  const id = c.req.param('id') ?? '';
  const found = c.get('principal').isInstallationAdmin ? await people.find(id) : undefined;
  if (found === undefined) throw new LifecycleError('NOT_FOUND', `There is no principal ${id}.`);
  return found;
}

/** POST /v1/principals/:id/deactivations: from the next request on they may nothing. */
function deactivate({ people }: Stores): Handler<ApiEnvironment> {
  return async (c) => {
    const { id } = await loadPrincipal(c, people);
    const caller = c.get('principal');
    refuseSelf(caller, id, 'deactivates');
    await people.deactivate(id, caller.id);
    return c.json({ id });
  };
}

export const deactivatePrincipalRoute: Route = {
  method: 'post',
  path: '/v1/principals/:id/deactivations',
  operationId: 'deactivatePrincipal',
  tag: 'account',
  summary: 'End at once all that a person or a service may do',
  description: 'Roles, tokens and sessions end. Needs an admin of the installation.',
  answers: { 200: { description: 'They may nothing any more.', schema: changedPrincipalSchema } },
  handler: deactivate,
};

/** POST /v1/principals/:id/reactivations: they may sign in again. */
function reactivate({ people }: Stores): Handler<ApiEnvironment> {
  return async (c) => {
    const { id } = await loadPrincipal(c, people);
    await people.reactivate(id, c.get('principal').id);
    return c.json({ id });
  };
}

export const reactivatePrincipalRoute: Route = {
  method: 'post',
  path: '/v1/principals/:id/reactivations',
  operationId: 'reactivatePrincipal',
  tag: 'account',
  summary: 'Let somebody who was deactivated sign in again',
  description: 'Roles and tokens stay ended: grant them anew. Needs an admin of the installation.',
  answers: { 200: { description: 'They may sign in.', schema: changedPrincipalSchema } },
  handler: reactivate,
};

const GROUPS = 4;

/** POST /v1/principals/:id/codes: by the code the person sets a password that nobody else has seen. */
function issueCode({ people, codes }: Stores & Pick<ApiStores, 'codes'>): Handler<ApiEnvironment> {
  return async (c) => {
    const { id: principal, kind, deactivatedAt } = await loadPrincipal(c, people);
    const caller = c.get('principal');
    refuseSelf(caller, principal, 'issues a code for');
    if (kind === 'service' || deactivatedAt !== null)
      throw new LifecycleError(
        'NOT_ALLOWED',
        `${principal} is ${kind === 'service' ? 'a service' : 'deactivated'}: no password is set.`,
      );
    const code = readableCode(GROUPS);
    const { expiresAt } = await codes.issueForPassword({ sha256: codeSha256(code), principal }, caller.id);
    return c.json({ principal, code, expiresAt: expiresAt.toISOString() }, 201);
  };
}

export const issueCodeRoute: Route = {
  method: 'post',
  path: '/v1/principals/:id/codes',
  operationId: 'issueCode',
  tag: 'account',
  summary: 'Issue a code by which somebody sets their password',
  description: 'It is shown once, counts once, and for three days. Needs an admin of the installation.',
  keepsNoAnswer: true,
  answers: { 201: { description: 'The code: give it to the person.', schema: issuedCodeSchema } },
  handler: issueCode,
};
