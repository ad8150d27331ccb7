import { randomUUID } from 'node:crypto';
import type { Handler } from 'hono';
import { forkRunSchema, startedForkSchema, type ForkRun, type StartedFork } from '../../../domain/api/run.js';
import { digestOf } from '../../../domain/evidence/canonical.js';
import { parsePlan } from '../../../domain/lifecycle-file/parse-plan.js';
import { requireForkable, retryStage, type ForkParent } from '../../../domain/reuse/judge-fork.js';
import type { ApiEnvironment } from '../environment.js';
import { requireRole, requireVisible } from '../permissions.js';
import { readBody } from '../read-request.js';
import { acceptPlan } from '../accept-plan.js';
import type { Route } from '../route.js';
import type { ApiStores } from '../stores.js';

const ROLES = ['author'] as const;

/** POST /v1/runs/:id/forks: asks for a run that goes on from a stage of this one. */
function forkRun({
  views,
  runs,
  prompts,
  imports,
  policies,
}: Pick<ApiStores, 'views' | 'runs' | 'prompts' | 'imports' | 'policies'>): Handler<ApiEnvironment> {
  return async (c) => {
    const principal = c.get('principal');
    const runId = c.req.param('id') ?? '';
    const view = await views.run(runId);
    requireVisible(principal, view?.project, `run ${runId}`);
    if (view === undefined) return c.notFound();
    const { project } = view;
    requireRole(principal, project, ROLES);
    const asked = await readBody(c, forkRunSchema);
    const parent: ForkParent = { ...view, plan: (await runs.load(runId)).plan };
    const plan = asked.plan === undefined ? parent.plan : parsePlan(asked.plan);
    await acceptPlan({ prompts, imports, policies }, { project, by: principal.id }, plan);
    const stage = asked.from ?? retryStage(parent);
    requireForkable(parent, stage, plan);

    const planDigest = digestOf(plan);
    const { startKey = randomUUID(), reuse: mayReuse = true }: ForkRun = asked;
    const forkedFrom = { runId, stage };
    const run = { project, plan, planDigest, requestedBy: principal.id, startKey, mayReuse, forkedFrom };
    const answer: StartedFork = { ...(await runs.requestRun(run)), planDigest, forkedFrom };
    return c.json(answer, answer.isNew ? 201 : 200);
  };
}

export const forkRunRoute: Route = {
  method: 'post',
  path: '/v1/runs/:id/forks',
  operationId: 'forkRun',
  tag: 'runs',
  summary: 'Ask for a run that goes on from a stage of this one',
  description:
    'The stages before `from` are taken over with their evidence, once their artifacts are found to be there; that stage ' +
    'and what follows is done. Without `from` a failed or cancelled run is retried where it stopped. A changed plan may ' +
    'differ only in what the stages taken over do not depend on. Approvals are never taken over.',
  roles: ROLES,
  request: { body: forkRunSchema },
  answers: {
    200: { description: 'The start key already stands for this fork.', schema: startedForkSchema },
    201: { description: 'A new run.', schema: startedForkSchema },
  },
  handler: forkRun,
};
