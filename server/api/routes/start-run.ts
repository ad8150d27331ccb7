import { randomUUID } from 'node:crypto';
import type { Handler } from 'hono';
import { startRunSchema, type StartedRun } from '../../../domain/api/run.js';
import { digestOf } from '../../../domain/evidence/canonical.js';
import { parsePlan } from '../../../domain/lifecycle-file/parse-plan.js';
import type { ApiEnvironment } from '../environment.js';
import { projectOf, requireRole } from '../permissions.js';
import { readBody } from '../read-request.js';
import type { ApiStores } from '../stores.js';

/** POST /v1/runs: asks for a run. The same start key in a project is the same run. */
export function startRun({ runs }: Pick<ApiStores, 'runs'>): Handler<ApiEnvironment> {
  return async (c) => {
    const principal = c.get('principal');
    const project = projectOf(c);
    requireRole(principal, project, ['author']);
    const { plan: asked, startKey = randomUUID() } = await readBody(c, startRunSchema);
    const plan = parsePlan(asked);
    const planDigest = digestOf(plan);
    const requested = await runs.requestRun({ project, plan, planDigest, requestedBy: principal.id, startKey });
    const answer: StartedRun = { ...requested, planDigest };
    return c.json(answer, requested.isNew ? 201 : 200);
  };
}
