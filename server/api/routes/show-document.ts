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
export const showModelCard = (stores: ApiStores, keys: SigningKeys): Handler<ApiEnvironment> =>
  showDocument(modelCard, stores, keys);

/** GET /v1/models/:version/datasheet: the datasheet of its data, generated from evidence. */
export const showDatasheet = (stores: ApiStores, keys: SigningKeys): Handler<ApiEnvironment> =>
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
