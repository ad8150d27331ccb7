import type { Handler } from 'hono';
import { z } from 'zod';
import { isRunLogCursor } from '../../../db/views/run-log.js';
import { runLogPageSchema, type RunLogPageView } from '../../../domain/api/run-log.js';
import { STAGES } from '../../../domain/kernel/states.js';
import type { ApiEnvironment } from '../environment.js';
import { requireVisible } from '../permissions.js';
import { readQuery } from '../read-request.js';
import type { Route } from '../route.js';
import type { ApiStores } from '../stores.js';

const MOST = 1_000;

const querySchema = z.strictObject({
  after: z.string().refine(isRunLogCursor, 'expected the cursor of an entry').optional(),
  stage: z.enum(STAGES).optional(),
  limit: z.coerce.number().int().min(1).max(MOST).default(MOST),
});

/** GET /v1/runs/:id/log: state changes and training events in their order, after a cursor. */
function showRunLog({ views }: Pick<ApiStores, 'views'>): Handler<ApiEnvironment> {
  return async (c) => {
    const runId = c.req.param('id') ?? '';
    const { after, stage, limit } = readQuery(c, querySchema);
    requireVisible(c.get('principal'), (await views.run(runId))?.project, `run ${runId}`);
    const { entries, isComplete } = await views.log({ runId, after, stage, limit });
    const answer: RunLogPageView = {
      entries: entries.map((entry) => ({ ...entry, at: entry.at.toISOString() })),
      next: entries.at(-1)?.cursor ?? after ?? null,
      isComplete,
    };
    return c.json(answer);
  };
}

export const showRunLogRoute: Route = {
  method: 'get',
  path: '/v1/runs/:id/log',
  operationId: 'showRunLog',
  tag: 'runs',
  summary: 'What happened in a run: state changes and training events, in order',
  description:
    'Follow a run by asking again with `after` set to the `next` of the answer before, until `isComplete`. Texts of ' +
    'providers are masked and without control characters.',
  request: { query: querySchema },
  answers: { 200: { description: 'A page.', schema: runLogPageSchema } },
  handler: showRunLog,
};
