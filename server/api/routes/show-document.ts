import { datasheetSchema } from '../../../domain/api/datasheet.js';
import { modelCardSchema } from '../../../domain/api/model-card.js';
import { projectQuerySchema } from '../../../domain/api/fields.js';
import type { Route } from '../route.js';
import type { Handler } from 'hono';
import type { ChecklistFacts } from '../../../domain/checklist/facts.js';
import { datasheet } from '../../../domain/documents/datasheet.js';
import { modelCard } from '../../../domain/documents/model-card.js';
import { checklistFacts } from '../checklist-facts.js';
import type { ApiEnvironment } from '../environment.js';
import { projectOf } from '../permissions.js';
import type { SigningKeys } from '../signing.js';
import type { ApiStores } from '../stores.js';

/** GET /v1/models/:version/card: the model card, generated from evidence. */
const showModelCard = (stores: ApiStores, keys: SigningKeys): Handler<ApiEnvironment> =>
  showDocument(modelCard, stores, keys);

/** GET /v1/models/:version/datasheet: the datasheet of its data, generated from evidence. */
const showDatasheet = (stores: ApiStores, keys: SigningKeys): Handler<ApiEnvironment> =>
  showDocument(datasheet, stores, keys);

function showDocument(
  write: (facts: ChecklistFacts) => object,
  stores: ApiStores,
  keys: SigningKeys,
): Handler<ApiEnvironment> {
  return async (c) => {
    const versionId = c.req.param('version') ?? '';
    return c.json(write(await checklistFacts(stores, keys, { project: projectOf(c), versionId })));
  };
}

export const showModelCardRoute: Route = {
  method: 'get',
  path: '/v1/models/:version/card',
  operationId: 'showModelCard',
  tag: 'models',
  summary: 'The model card of a version, generated from evidence',
  request: { query: projectQuerySchema },
  answers: { 200: { description: 'The card; gaps are said as gaps.', schema: modelCardSchema } },
  handler: showModelCard,
};

export const showDatasheetRoute: Route = {
  method: 'get',
  path: '/v1/models/:version/datasheet',
  operationId: 'showDatasheet',
  tag: 'models',
  summary: "The datasheet of a version's data, generated from evidence",
  request: { query: projectQuerySchema },
  answers: { 200: { description: 'The datasheet; gaps are said as gaps.', schema: datasheetSchema } },
  handler: showDatasheet,
};
