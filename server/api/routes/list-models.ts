import { projectQuerySchema } from '../../../domain/api/fields.js';
import type { Route } from '../route.js';
import type { Handler } from 'hono';
import { modelListSchema, type ModelList, type VersionView } from '../../../domain/api/model.js';
import { LifecycleError } from '../../../domain/kernel/errors.js';
import type { ModelLine } from '../../../db/views/models.js';
import type { ApiEnvironment } from '../environment.js';
import { projectOf } from '../permissions.js';
import type { ApiStores } from '../stores.js';

/** GET /v1/models, GET /v1/models/:name: versions, latest first, and where they are live. */
function listModels({ views }: Pick<ApiStores, 'views'>): Handler<ApiEnvironment> {
  return async (c) => {
    const name = c.req.param('name');
    const lines = await views.models(projectOf(c), name);
    if (name !== undefined && lines.length === 0) throw new LifecycleError('NOT_FOUND', `There is no model ${name}.`);
    const answer: ModelList = { versions: lines.map(toVersionView) };
    return c.json(answer);
  };
}

const toVersionView = ({ trained, registeredAt, ...line }: ModelLine): VersionView => ({
  id: line.id,
  name: line.name,
  number: line.number,
  runId: line.runId,
  baseModel: line.baseModel,
  provider: trained.provider,
  providerModel: trained.model,
  weights: trained.weights?.digest ?? null,
  evidence: line.evidence,
  registeredAt: registeredAt.toISOString(),
  live: line.live,
});

const versions = { 200: { description: 'The versions, latest first.', schema: modelListSchema } };

export const listModelsRoute: Route = {
  method: 'get',
  path: '/v1/models',
  operationId: 'listModels',
  tag: 'models',
  summary: 'The versions of all models of a project, and where they are live',
  request: { query: projectQuerySchema },
  answers: versions,
  handler: listModels,
};

export const listVersionsRoute: Route = {
  method: 'get',
  path: '/v1/models/:name',
  operationId: 'listVersions',
  tag: 'models',
  summary: 'The versions of one model, and where they are live',
  request: { query: projectQuerySchema },
  answers: versions,
  handler: listModels,
};
