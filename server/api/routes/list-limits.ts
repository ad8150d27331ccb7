import type { Handler } from 'hono';
import { accountListSchema, type AccountList, type AccountView } from '../../../domain/api/limits.js';
import type { AccountLine } from '../../../db/views/limits.js';
import type { ApiEnvironment } from '../environment.js';
import type { Route } from '../route.js';
import type { ApiStores, Principal } from '../stores.js';

/** GET /v1/limits: how full the providers' accounts are. Of runs only those of the caller's projects are named. */
function listLimits({ views }: Pick<ApiStores, 'views'>): Handler<ApiEnvironment> {
  return async (c) => {
    const lines = await views.accounts();
    const answer: AccountList = { accounts: lines.map((line) => toAccountView(line, c.get('principal'))) };
    return c.json(answer);
  };
}

function toAccountView({ jobs, heldUntil, ...line }: AccountLine, { roles }: Principal): AccountView {
  const isOwn = (project: string): boolean => roles.some((grant) => grant.project === project);
  const waiting = jobs.filter(({ isWaiting }) => isWaiting).length;
  return {
    ...line,
    jobs: jobs.length - waiting,
    jobsWaiting: waiting,
    runs: jobs.filter(({ project }) => isOwn(project)).map(({ runId, isWaiting }) => ({ runId, isWaiting })),
    heldUntil: heldUntil?.toISOString() ?? null,
  };
}

export const listLimitsRoute: Route = {
  method: 'get',
  path: '/v1/limits',
  operationId: 'listLimits',
  tag: 'operations',
  summary: 'How full the accounts of the providers are',
  description: 'Accounts are shared by all projects; of runs, those of the caller’s projects are named.',
  answers: { 200: { description: 'Every account that a worker has asked for, by name.', schema: accountListSchema } },
  handler: listLimits,
};
