import type { Route } from '../route.js';
import type { Handler } from 'hono';
import { runViewSchema, type RunView, type StageView } from '../../../domain/api/run.js';
import type { RunView as StoredRun } from '../../../db/views/runs.js';
import type { ApiEnvironment } from '../environment.js';
import { requireVisible } from '../permissions.js';
import { toRunSummary } from '../run-summary.js';
import type { ApiStores } from '../stores.js';

/** GET /v1/runs/:id: a run with its stages, what it waits for, and the evidence that it left. */
function showRun({ views, runs }: Pick<ApiStores, 'views' | 'runs'>): Handler<ApiEnvironment> {
  return async (c) => {
    const id = c.req.param('id') ?? '';
    const run = await views.run(id);
    requireVisible(c.get('principal'), run?.project, `run ${id}`);
    if (run === undefined) return c.notFound();
    const { trigger } = await runs.load(id);
    const stages = run.stages.map((stage) => toStageView(stage, run.evidence));
    const answer: RunView = {
      ...toRunSummary(run, run.stages.at(-1)),
      planDigest: run.planDigest,
      trigger,
      schedule: scheduleOf(run),
      stages,
      approvalId: run.requestId,
    };
    return c.json(answer);
  };
}

function toStageView(row: StoredRun['stages'][number], evidence: StoredRun['evidence']): StageView {
  const { stage, status, waitingFor, summary, startedAt, endedAt, reusedFromRun, reusedKind } = row;
  return {
    stage,
    status,
    waitingFor,
    summary,
    startedAt: startedAt.toISOString(),
    endedAt: endedAt?.toISOString() ?? null,
    evidence: evidence.filter((used) => used.stage === stage).map(({ id, kind }) => ({ id, kind })),
    reusedFrom: reusedFromRun === null || reusedKind === null ? null : { runId: reusedFromRun, kind: reusedKind },
  };
}

const scheduleOf = ({ schedule, scheduledFor }: StoredRun): RunView['schedule'] =>
  schedule === null || scheduledFor === null ? null : { id: schedule, scheduledFor: scheduledFor.toISOString() };

export const showRunRoute: Route = {
  method: 'get',
  path: '/v1/runs/:id',
  operationId: 'showRun',
  tag: 'runs',
  summary: 'A run with its stages, what it waits for, and the evidence that it left',
  answers: { 200: { description: 'The run as it is now.', schema: runViewSchema } },
  handler: showRun,
};
