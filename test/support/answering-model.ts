import { providerError } from '../../domain/kernel/errors.js';
import type { ModelPort } from '../../domain/ports/model.js';

/** A model that tells toy ham from toy spam, says always the same, or is busy after so many answers. */
export function answeringModel({ always, failAfter = Infinity }: { always?: string; failAfter?: number } = {}) {
  let count = 0;
  const model: ModelPort = {
    async chat({ model: name, messages }) {
      if (++count > failAfter)
        throw providerError('busy', { status: 429, retryable: true, retryAfterMilliseconds: 50 });
      const text = messages.at(-1)?.content ?? '';
      const content = always ?? (/winner|prize|cash|bonus|offer/.test(text) ? 'spam' : 'ham');
      return { model: name, content, promptTokens: 1, completionTokens: 1 };
    },
    list: async () => ['served'],
  };
  return { model, asked: () => count };
}
