import type { Handler } from 'hono';
import { comparisonSchema, type TaskComparison } from '../../../domain/api/comparison.js';
import type { Digest } from '../../../domain/kernel/digest.js';
import { comparisonView } from '../comparison/comparison-view.js';
import type { ApiEnvironment } from '../environment.js';
import { loadVisible } from '../request-file.js';
import type { Route, RouteOptions } from '../route.js';
import type { ApiStores } from '../stores.js';

const MOST_KEPT = 100;

/** GET /v1/approvals/:id/comparison: the candidate against what served when it was evaluated. */
function showComparison(
  stores: Pick<ApiStores, 'approvals' | 'evidence' | 'runs' | 'views'>,
  { artifacts }: RouteOptions,
): Handler<ApiEnvironment> {
  const compared = keepLatest<TaskComparison>(MOST_KEPT);
  return async (c) => {
    const { request } = await loadVisible(stores.approvals, c.get('principal'), c.req.param('id') ?? '');
    return c.json(await comparisonView({ stores, artifacts, compared }, request));
  };
}

/** Does the work of each key once, also for those who ask at the same time; what failed is done again. */
function keepLatest<Value>(most: number): (key: Digest, work: () => Promise<Value>) => Promise<Value> {
  const kept = new Map<Digest, Promise<Value>>();
  return (key, work) => {
    const known = kept.get(key);
    if (known !== undefined) return known;
    const made = work();
    kept.set(key, made);
    made.catch(() => kept.delete(key));
    const [oldest] = kept.keys();
    if (kept.size > most && oldest !== undefined) kept.delete(oldest);
    return made;
  };
}

export const showComparisonRoute: Route = {
  method: 'get',
  path: '/v1/approvals/:id/comparison',
  operationId: 'showComparison',
  tag: 'approvals',
  summary: 'What is asked to be released, held against what served when it was evaluated',
  description:
    'Metrics with intervals, slices by expected answer, the ten worst regressions (texts masked and cut), and what ' +
    'differs in data, plan, cost and latency. What is not known says why.',
  answers: { 200: { description: 'The comparison.', schema: comparisonSchema } },
  handler: showComparison,
};
