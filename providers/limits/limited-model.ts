import type { ChatRequest, ModelPort } from '../../domain/ports/model.js';
import { limited, type LimitedProvider } from './limited-calls.js';

const CHARACTERS_PER_TOKEN = 4;

/**
 * A model whose account is limited. A chat's tokens are estimated before it (a token being four characters, and what it
 * may answer at most) and settled by what the provider counted.
 */
export const limitModel = (model: ModelPort, at: LimitedProvider): ModelPort => ({
  ...model,
  chat: (request, signal) =>
    limited(at, {
      stage: 'evaluate',
      cost: { requests: 1, tokens: estimatedTokens(request) },
      signal,
      isRepeatable: true,
      make: () => model.chat(request, signal),
      actual: ({ promptTokens, completionTokens }) => ({ tokens: promptTokens + completionTokens }),
    }),
});

const estimatedTokens = ({ messages, maxTokens = 0 }: ChatRequest): number =>
  Math.ceil(messages.reduce((sum, { content }) => sum + content.length, 0) / CHARACTERS_PER_TOKEN) + maxTokens;
