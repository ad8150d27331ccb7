import type { Handler } from 'hono';
import type { Whoami } from '../../../domain/api/whoami.js';
import type { ApiEnvironment } from '../environment.js';

/** GET /v1/whoami: who the token speaks for, and what they may. */
export function whoami(): Handler<ApiEnvironment> {
  return (c) => {
    const { id: principal, kind, displayName, isDemo, roles, scopes } = c.get('principal');
    const answer: Whoami = { principal, kind, displayName, isDemo, roles, scopes };
    return c.json(answer);
  };
}
