import { z } from 'zod';
import { keyField } from '../../domain/api/fields.js';
import type { TrainedModel } from '../../domain/ports/trainer.js';
import { fillInput, hasTemplate, systemMessages, type PromptText } from '../../domain/prompts/prompt.js';
import { GatewayRefusal } from './openai-error.js';

const partSchema = z.looseObject({ type: z.string(), text: z.string().optional() });

const messageSchema = z.looseObject({
  role: z.string(),
  content: z.union([z.string(), z.array(partSchema), z.null()]).optional(),
});

/** What the gateway itself reads of a chat request; everything else goes to the provider as it came. */
export const chatRequestSchema = z.looseObject({
  model: z.string().min(1).max(100),
  messages: z.array(messageSchema).min(1).max(1000),
  stream: z.boolean().nullish(),
  user: z.string().max(500).nullish(),
  /** `item` is the application's key of the item, by which labels are joined later. */
  metadata: z
    .object({ item: keyField(500).optional() })
    .catchall(z.string().max(512))
    .nullish(),
});
export type ChatRequestBody = z.infer<typeof chatRequestSchema>;

/** What was asked: the text of the last message of the user. */
export function askedText({ messages }: ChatRequestBody): string {
  const content = (messages.findLast(({ role }) => role === 'user') ?? messages.at(-1))?.content ?? '';
  return typeof content === 'string' ? content : content.map(({ text }) => text ?? '').join('\n');
}

/**
 * The body for the provider: under its own model name, with the version's prompt, without the fields that are between
 * caller and gateway. The prompt's message stands before all others; its template takes the user's last message.
 */
export function forProvider(
  request: ChatRequestBody,
  { model, prompt }: Pick<TrainedModel, 'model' | 'prompt'>,
): Record<string, unknown> {
  const { metadata: _metadata, user: _user, stream: _stream, messages, ...rest } = request;
  return { ...rest, model, messages: [...systemMessages(prompt), ...withInputFilled(messages, prompt)] };
}

type Messages = ChatRequestBody['messages'];

/** @throws GatewayRefusal where the template would have to take what is not one text, or is not there. */
function withInputFilled(messages: Messages, prompt: PromptText | undefined): Messages {
  const last = messages.findLastIndex(({ role }) => role === 'user');
  if (prompt === undefined || !hasTemplate(prompt)) return messages;
  const content = messages[last]?.content;
  if (typeof content !== 'string')
    throw new GatewayRefusal(400, 'invalid_request', 'This version takes the last message of the user as one text.');
  return messages.map((message, index) =>
    index === last ? { ...message, content: fillInput(prompt, content) } : message,
  );
}
