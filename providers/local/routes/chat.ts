import { randomBytes } from 'node:crypto';
import { Hono } from 'hono';
import { z } from 'zod';
import { badRequest, readJsonBody } from '../api-errors.js';
import { countTokens } from '../linear-ngram/features.js';
import { predict } from '../linear-ngram/predict.js';
import type { Models } from '../models.js';
import { unixSeconds } from '../store/unix-seconds.js';
import { inputOf } from '../training/examples.js';

const contentSchema = z.union([
  z.string(),
  z
    .array(z.object({ type: z.literal('text'), text: z.string() }))
    .transform((parts) => parts.map((p) => p.text).join('\n')),
]);
const chatRequestSchema = z.looseObject({
  model: z.string(),
  messages: z.array(z.object({ role: z.string(), content: contentSchema })).min(1),
});

/** Each would change what the answer is or how it comes; none is silently ignored. */
const UNSUPPORTED: Record<string, (value: unknown) => boolean> = {
  stream: (value) => value === true,
  logprobs: (value) => value === true,
  n: (value) => typeof value === 'number' && value !== 1,
  tools: (value) => Array.isArray(value) && value.length > 0,
  response_format: (value) => typeof value === 'object' && value !== null && Reflect.get(value, 'type') !== 'text',
};

/**
 * `POST /`: the likeliest of the answers that the model learnt, to the user's messages. The answer is always whole and
 * always the same; sampling parameters and token limits therefore have no effect.
 */
export const chatRoutes = (models: Models): Hono =>
  new Hono().post('/', async (c) => {
    const request = await readJsonBody(c, chatRequestSchema);
    assertSupported(request);
    const prediction = predict(await models.load(request.model), inputOf(request.messages));
    const completionTokens = countTokens(prediction.label);
    return c.json({
      id: `chatcmpl-${randomBytes(12).toString('hex')}`,
      object: 'chat.completion',
      created: unixSeconds(),
      model: request.model,
      choices: [
        {
          index: 0,
          message: { role: 'assistant', content: prediction.label, refusal: null },
          logprobs: null,
          finish_reason: 'stop',
        },
      ],
      usage: {
        prompt_tokens: prediction.tokens,
        completion_tokens: completionTokens,
        total_tokens: prediction.tokens + completionTokens,
      },
    });
  });

function assertSupported(request: Record<string, unknown>): void {
  for (const [name, isAsked] of Object.entries(UNSUPPORTED)) {
    if (isAsked(request[name])) {
      throw badRequest(`linear-ngram does not support '${name}'. Leave it out.`, name, 'unsupported_parameter');
    }
  }
}
