import type { Route } from '../route.js';
import type { Handler } from 'hono';
import { whoamiSchema, type Whoami } from '../../../domain/api/whoami.js';
import type { ApiEnvironment } from '../environment.js';

/** GET /v1/whoami: who asks, how they have proved it, and what they may. */
function whoami(): Handler<ApiEnvironment> {
  return (c) => {
    const { id: principal, kind, displayName, isDemo, roles, scopes, ...how } = c.get('principal');
    const { via, method, authenticatedAt, isInstallationAdmin } = how;
    const said = { via, method, authenticatedAt, isInstallationAdmin };
    const answer: Whoami = { principal, kind, displayName, isDemo, roles, scopes, ...said };
    return c.json(answer);
  };
}

export const whoamiRoute: Route = {
  method: 'get',
  path: '/v1/whoami',
  operationId: 'whoami',
  tag: 'account',
  summary: 'Who the token or the session speaks for, and what they may do',
  answers: { 200: { description: 'The caller, with their roles in each project.', schema: whoamiSchema } },
  handler: whoami,
};
