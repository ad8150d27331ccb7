import { z } from 'zod';
import { badLine, readLines } from '../../../domain/data/lines.js';

const exampleSchema = z.object({
  messages: z.array(z.object({ role: z.enum(['system', 'user', 'assistant']), content: z.string() })).min(2),
});

/** What the model reads, and what it is to answer. */
export interface TrainingExample {
  input: string;
  answer: string;
}

/** The text that the model reads of a conversation: the user's messages, in order. System messages are not used. */
export const inputOf = (messages: readonly { role: string; content: string }[]): string =>
  messages
    .filter(({ role }) => role === 'user')
    .map(({ content }) => content)
    .join('\n');

/**
 * Examples of a chat-format JSONL file. Blank lines are passed over.
 * @throws LifecycleError INVALID_INPUT for the first line that is no example, by number.
 */
export async function* readExamples(content: AsyncIterable<Uint8Array>): AsyncGenerator<TrainingExample> {
  let count = 0;
  for await (const { number, text } of readLines(content)) {
    if (text.trim() === '') continue;
    yield parseExample(text, number);
    count++;
  }
  if (count === 0) throw badLine(1, 'is missing: the file holds no example');
}

function parseExample(text: string, number: number): TrainingExample {
  const parsed = exampleSchema.safeParse(parseJson(text, number));
  if (!parsed.success) {
    throw badLine(number, `is not {"messages": [{"role": …, "content": …}, …]} (see ${pathOf(parsed.error)})`);
  }
  const { messages } = parsed.data;
  const last = messages.at(-1);
  if (last?.role !== 'assistant' || last.content === '') throw badLine(number, 'does not end with an assistant answer');
  if (!messages.some(({ role }) => role === 'user')) throw badLine(number, 'has no user message');
  return { input: inputOf(messages), answer: last.content };
}

function parseJson(text: string, number: number): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw badLine(number, 'is not JSON');
  }
}

const pathOf = (error: z.ZodError): string => error.issues[0]?.path.join('.') || 'the top';
