import { projectQuerySchema } from '../../../domain/api/fields.js';
import { acceptPlan } from '../accept-plan.js';
import type { Route } from '../route.js';
import { randomUUID } from 'node:crypto';
import type { Handler } from 'hono';
import { startRunSchema, startedRunSchema, type StartedRun } from '../../../domain/api/run.js';
import { digestOf } from '../../../domain/evidence/canonical.js';
import { parsePlan } from '../../../domain/lifecycle-file/parse-plan.js';
import type { ApiEnvironment } from '../environment.js';
import { projectOf, requireRole } from '../permissions.js';
import { readBody } from '../read-request.js';
import type { ApiStores } from '../stores.js';

const ROLES = ['author'] as const;

/** POST /v1/runs: asks for a run. The same start key in a project is the same run. */
function startRun({
  runs,
  prompts,
  imports,
  policies,
}: Pick<ApiStores, 'runs' | 'prompts' | 'imports' | 'policies'>): Handler<ApiEnvironment> {
  return async (c) => {
    const principal = c.get('principal');
    const project = projectOf(c);
    requireRole(principal, project, ROLES);
    const { plan: asked, startKey = randomUUID(), reuse } = await readBody(c, startRunSchema);
    const plan = parsePlan(asked);
    await acceptPlan({ prompts, imports, policies }, { project, by: principal.id }, plan);
    const planDigest = digestOf(plan);
    const mayReuse = reuse ?? true;
    const run = { project, plan, planDigest, requestedBy: principal.id, startKey, mayReuse };
    const requested = await runs.requestRun(run);
    const answer: StartedRun = { ...requested, planDigest };
    return c.json(answer, requested.isNew ? 201 : 200);
  };
}

export const startRunRoute: Route = {
  method: 'post',
  path: '/v1/runs',
  operationId: 'startRun',
  tag: 'runs',
  summary: 'Ask for a run of a plan',
  description:
    'The plan is a lifecycle file with everything that it refers to, as `assay plan --json` prints it under `plan`. ' +
    'A worker takes the run up within a second.',
  roles: ROLES,
  request: { query: projectQuerySchema, body: startRunSchema },
  answers: {
    200: { description: 'The start key already stands for this run.', schema: startedRunSchema },
    201: { description: 'A new run.', schema: startedRunSchema },
  },
  handler: startRun,
};
