import { randomUUID } from 'node:crypto';
import type { Handler } from 'hono';
import { projectQuerySchema } from '../../../domain/api/fields.js';
import { recreateSchema, startedRunSchema, type StartedRun } from '../../../domain/api/run.js';
import type { ApiEnvironment } from '../environment.js';
import { projectOf, requireRole } from '../permissions.js';
import { readBody } from '../read-request.js';
import type { Route } from '../route.js';
import type { ApiStores } from '../stores.js';

const ROLES = ['author', 'auditor'] as const;

/** POST /v1/models/:version/recreations: asks for a run that makes the version again from its pinned inputs. */
function recreateModel({ runs, registry }: Pick<ApiStores, 'runs' | 'registry'>): Handler<ApiEnvironment> {
  return async (c) => {
    const principal = c.get('principal');
    const project = projectOf(c);
    requireRole(principal, project, ROLES);
    const { startKey = randomUUID() } = await readBody(c, recreateSchema);
    const version = await registry.version(project, c.req.param('version') ?? '');
    const { plan, planDigest } = await runs.load(version.runId);
    const asked = { project, plan, planDigest, requestedBy: principal.id, startKey, recreates: version.id };
    const answer: StartedRun = { ...(await runs.requestRun(asked)), planDigest };
    return c.json(answer, answer.isNew ? 201 : 200);
  };
}

export const recreateModelRoute: Route = {
  method: 'post',
  path: '/v1/models/:version/recreations',
  operationId: 'recreateModel',
  tag: 'models',
  summary: 'Make a version again from its pinned inputs, and grade what comes out',
  description:
    'The run takes the sealed sources, plan and seed of the original, trains and evaluates once more, and asks for no ' +
    'approval. It is a training like any other: its provider is paid.',
  roles: ROLES,
  request: { query: projectQuerySchema, body: recreateSchema },
  answers: {
    200: { description: 'The start key already stands for this run.', schema: startedRunSchema },
    201: { description: 'A new run.', schema: startedRunSchema },
  },
  handler: recreateModel,
};
