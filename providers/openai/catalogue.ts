import type { ModelCatalogue } from '../../domain/ports/base-sources.js';
import { modelCatalogue } from './answers.js';
import { callForJson } from './call.js';
import { createClient, type OpenAiConnection } from './client.js';

const TIMEOUT_MILLISECONDS = 60_000;
const MOST_FIELDS = 40;
const LONGEST = 500;

/** What `GET /models` of any OpenAI-compatible address says: the list, since not every server has the single call. */
export function createOpenAiCatalogue(connection: OpenAiConnection): ModelCatalogue {
  const client = createClient(connection);
  return {
    async describe(model, signal) {
      const limits = { operation: 'Listing the models', timeoutMilliseconds: TIMEOUT_MILLISECONDS, signal };
      const { data } = await callForJson(limits, modelCatalogue, (options) => client.models.list(options));
      const found = data.find(({ id }) => id === model);
      if (found === undefined) return undefined;
      return Object.fromEntries(Object.entries(found).filter(isPlain).slice(0, MOST_FIELDS).map(cut));
    },
  };
}

type Plain = string | number | boolean | null;

const isPlain = (entry: [string, unknown]): entry is [string, Plain] =>
  entry[1] === null || ['string', 'number', 'boolean'].includes(typeof entry[1]);

const cut = ([name, value]: [string, Plain]): [string, Plain] => [
  name.slice(0, 100),
  typeof value === 'string' ? value.slice(0, LONGEST) : value,
];
