import type { Handler } from 'hono';
import { projectQuerySchema } from '../../../domain/api/fields.js';
import { previewRunSchema, runPreviewSchema, type RunPreview } from '../../../domain/api/run.js';
import { parsePlan } from '../../../domain/lifecycle-file/parse-plan.js';
import type { ApiEnvironment } from '../environment.js';
import { projectOf } from '../permissions.js';
import { readBody } from '../read-request.js';
import type { Route } from '../route.js';
import type { ApiStores } from '../stores.js';

/** POST /v1/runs/preview: what a run of this plan would not have to do. Nothing is started. */
function previewRun({ views }: Pick<ApiStores, 'views'>): Handler<ApiEnvironment> {
  return async (c) => {
    const project = projectOf(c);
    const { plan } = await readBody(c, previewRunSchema);
    const answer: RunPreview = await views.reuse(project, parsePlan(plan));
    return c.json(answer);
  };
}

export const previewRunRoute: Route = {
  method: 'post',
  path: '/v1/runs/preview',
  operationId: 'previewRun',
  tag: 'runs',
  summary: 'What a run of a plan could take over from earlier ones',
  description:
    'Judged as if the sources held what they held when a run last read them, and with the champion of this moment. ' +
    'Whether the artifacts are still there is found by the run. Nothing is started.',
  request: { query: projectQuerySchema, body: previewRunSchema },
  answers: { 200: { description: 'Stage by stage.', schema: runPreviewSchema } },
  handler: previewRun,
};
