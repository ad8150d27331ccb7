import { createHash } from 'node:crypto';
import { z } from 'zod';
import { readLines } from '../data/lines.js';
import { isLifecycleError } from '../kernel/errors.js';
import type { ExampleProblem, InspectedExamples } from '../ports/trainer.js';
import type { TokenCounter } from './token-counter.js';

const ROLES = ['system', 'developer', 'user', 'assistant'];
const MOST_PROBLEMS = 20;

const lineSchema = z.object({ messages: z.array(z.unknown()).min(1) });
const messageSchema = z.object({ role: z.string(), content: z.string() });
type Message = z.infer<typeof messageSchema>;

export interface ExampleLimits {
  counter: TokenCounter;
  /** The most tokens of one example; null: not limited, or not known. */
  exampleTokens: number | null;
  fewestExamples: number;
}

/**
 * Reads a training file as a provider will, before it is paid: every line that it would refuse or cut, by number, and how
 * many tokens there are. Nothing of a line is repeated.
 */
export async function inspectExamples(
  content: AsyncIterable<Uint8Array>,
  limits: ExampleLimits,
): Promise<InspectedExamples> {
  const found: InspectedExamples = {
    examples: 0,
    tokens: 0,
    longest: null,
    duplicates: 0,
    problems: [],
    problemCount: 0,
  };
  const seen = new Set<string>();
  const report = (problem: ExampleProblem): void => {
    found.problemCount++;
    if (found.problems.length < MOST_PROBLEMS) found.problems.push(problem);
  };
  try {
    for await (const { number, text } of readLines(content)) {
      if (text.trim() === '') continue;
      found.examples++;
      const digest = createHash('sha256').update(text).digest('base64');
      if (seen.has(digest)) found.duplicates++;
      seen.add(digest);
      const messages = readExample(text);
      const problem = typeof messages === 'string' ? messages : problemOf(messages);
      if (problem !== undefined) report({ line: number, problem });
      if (typeof messages === 'string') continue;
      const tokens = limits.counter.countExample(messages);
      found.tokens += tokens;
      if (tokens > (found.longest?.tokens ?? 0)) found.longest = { line: number, tokens };
      if (limits.exampleTokens !== null && tokens > limits.exampleTokens)
        report({
          line: number,
          problem: `has ${tokens} tokens, more than the ${limits.exampleTokens} that are trained`,
        });
    }
  } catch (error) {
    if (!isLifecycleError(error, 'INVALID_INPUT')) throw error;
    report({
      line: Number(error.details['line']),
      problem: 'is longer than 16 MB or not UTF-8; the rest was not read',
    });
  }
  if (found.examples < limits.fewestExamples)
    report({
      line: null,
      problem: `There are ${found.examples} examples; it takes ${limits.fewestExamples} at least.`,
    });
  return found;
}

/** The messages of a line, or what is wrong with it, as the end of "line 7 …". */
function readExample(text: string): Message[] | string {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return 'is not JSON';
  }
  const line = lineSchema.safeParse(value);
  if (!line.success) return 'is not {"messages": [{"role": …, "content": …}, …]}';
  const messages: Message[] = [];
  for (const [index, part] of line.data.messages.entries()) {
    const message = messageSchema.safeParse(part);
    if (!message.success) return `has a message ${index + 1} without a text for role and content`;
    messages.push(message.data);
  }
  return messages;
}

function problemOf(messages: readonly Message[]): string | undefined {
  const wrongRole = messages.findIndex(({ role }) => !ROLES.includes(role));
  if (wrongRole >= 0) return `has a message ${wrongRole + 1} whose role is none of ${ROLES.join(', ')}`;
  const empty = messages.findIndex(({ content }) => content.trim() === '');
  if (empty >= 0) return `has an empty message ${empty + 1}`;
  if (!messages.some(({ role }) => role === 'user')) return 'has no message of a user';
  if (messages.at(-1)?.role !== 'assistant') return 'does not end with a message of the assistant';
  return undefined;
}
