import type { Handler } from 'hono';
import { delegateSchema, delegationViewSchema } from '../../../domain/api/delegation.js';
import { projectQuerySchema } from '../../../domain/api/fields.js';
import { LifecycleError } from '../../../domain/kernel/errors.js';
import { delegationView } from '../delegation-view.js';
import type { ApiEnvironment } from '../environment.js';
import { projectOf, requireRole } from '../permissions.js';
import { readBody } from '../read-request.js';
import type { Route } from '../route.js';
import { authnOf, signDelegation, type SigningKeys } from '../signing.js';
import type { ApiStores } from '../stores.js';

const MOST_DAYS = 92;
const DAY = 86_400_000;
/** A moment that is only just over counts as now: nobody types that fast. */
const LATE = 60_000;

/** POST /v1/delegations: signs that somebody else may sign for the caller, in one role, for a time. */
function delegate({ delegations }: Pick<ApiStores, 'delegations'>, keys: SigningKeys): Handler<ApiEnvironment> {
  return async (c) => {
    const principal = c.get('principal');
    const project = projectOf(c);
    const { to, role, from: asked, until: end, reason } = await readBody(c, delegateSchema);
    requireRole(principal, project, [role]);
    if (principal.kind === 'service') throw new LifecycleError('NOT_ALLOWED', 'A service lets nobody sign for it.');
    if (to === principal.id) throw new LifecycleError('INVALID_INPUT', 'You sign for yourself already.');
    const now = await delegations.now();
    const [from, until] = [new Date(asked ?? now).toISOString(), new Date(end).toISOString()];
    refuseBadTime({ from, until, now });
    const said = { project, delegator: principal.id, delegate: to, role, from, until, reason };
    const envelope = signDelegation(keys, { ...said, authn: authnOf(principal), decidedAt: now });
    return c.json(delegationView(await delegations.recordDelegation({ ...said, envelope })), 201);
  };
}

function refuseBadTime({ from, until, now }: { from: string; until: string; now: string }): void {
  const [start, end] = [Date.parse(from), Date.parse(until)];
  if (start < Date.parse(now) - LATE)
    throw new LifecycleError('INVALID_INPUT', `A delegation begins now or later, not on ${from}.`);
  if (end <= start || end <= Date.parse(now))
    throw new LifecycleError('INVALID_INPUT', `A delegation ends after it begins, and in the future, not on ${until}.`);
  if (end - start > MOST_DAYS * DAY)
    throw new LifecycleError('INVALID_INPUT', `A delegation holds for ${MOST_DAYS} days at the most.`);
}

export const delegateRoute: Route = {
  method: 'post',
  path: '/v1/delegations',
  operationId: 'delegate',
  tag: 'approvals',
  summary: 'Let somebody else sign for you in one role, for a time',
  description:
    'It is signed, recorded, and never lets somebody sign who had a part in what is asked about, nor anybody for them. ' +
    'Who signs for another has a part in the project.',
  request: { query: projectQuerySchema, body: delegateSchema },
  answers: { 201: { description: 'The delegation is signed and on record.', schema: delegationViewSchema } },
  handler: delegate,
};
