import type { ChatAnswer, ChatRequest, ModelPort } from '../../domain/ports/model.js';
import { chatAnswer, modelList } from './answers.js';
import { callForJson } from './call.js';
import { createClient, type OpenAiConnection } from './client.js';

interface OpenAiModelOptions extends OpenAiConnection {
  /** For one call, to the last byte of its answer. Default 60,000. */
  timeoutMilliseconds?: number;
}

/** Models behind any OpenAI-compatible address. */
export function createOpenAiModel({ timeoutMilliseconds = 60_000, ...connection }: OpenAiModelOptions): ModelPort {
  const client = createClient(connection);
  return {
    chat: async (request, signal) => {
      const limits = { operation: `Asking the model ${request.model}`, timeoutMilliseconds, signal };
      const answer = await callForJson(limits, chatAnswer, (options) =>
        client.chat.completions.create(chatBody(request), options),
      );
      return {
        model: answer.model ?? request.model,
        content: answer.choices[0]?.message.content ?? '',
        promptTokens: answer.usage?.prompt_tokens ?? 0,
        completionTokens: answer.usage?.completion_tokens ?? 0,
      } satisfies ChatAnswer;
    },
    list: async (signal) => {
      const limits = { operation: 'Listing the models', timeoutMilliseconds, signal };
      const { data } = await callForJson(limits, modelList, (options) => client.models.list(options));
      return data.map(({ id }) => id);
    },
  };
}

/** `max_tokens` is the older name, but the one that every compatible server knows: an unknown one may be ignored. */
const chatBody = ({ model, messages, maxTokens, temperature, seed }: ChatRequest) => ({
  model,
  messages,
  ...(maxTokens === undefined ? {} : { max_tokens: maxTokens }),
  ...(temperature === undefined ? {} : { temperature }),
  ...(seed === undefined ? {} : { seed }),
});
