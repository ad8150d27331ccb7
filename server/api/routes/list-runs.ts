import { nameField, projectQuerySchema } from '../../../domain/api/fields.js';
import type { Route } from '../route.js';
import type { Handler } from 'hono';
import { z } from 'zod';
import { runListSchema, type RunList } from '../../../domain/api/run.js';
import { RUN_STATUSES } from '../../../domain/kernel/states.js';
import type { ApiEnvironment } from '../environment.js';
import { projectOf } from '../permissions.js';
import { readQuery } from '../read-request.js';
import { toRunSummary } from '../run-summary.js';
import type { ApiStores } from '../stores.js';

const querySchema = projectQuerySchema.extend({
  status: z.enum(RUN_STATUSES).optional(),
  /** Of the lifecycle. */
  name: nameField.optional(),
});

/** Older ones are found by id. */
const LATEST = 1_000;

/** GET /v1/runs: the latest runs of a project, and where they stand. */
function listRuns({ views }: Pick<ApiStores, 'views'>): Handler<ApiEnvironment> {
  return async (c) => {
    const { status, name } = readQuery(c, querySchema);
    const lines = await views.runs(projectOf(c), { status, name }, LATEST);
    const places = await views.places(lines.map(({ id }) => id));
    const answer: RunList = { runs: lines.map((line) => toRunSummary(line, places.get(line.id))) };
    return c.json(answer);
  };
}

export const listRunsRoute: Route = {
  method: 'get',
  path: '/v1/runs',
  operationId: 'listRuns',
  tag: 'runs',
  summary: 'The latest runs of a project, and where they stand',
  request: { query: querySchema },
  answers: {
    200: { description: `The latest ${LATEST} of the runs that are asked for, latest first.`, schema: runListSchema },
  },
  handler: listRuns,
};
