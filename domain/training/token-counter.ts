import { knownModel } from './known-models.js';

export interface TokenCounter {
  /** Tokens of one example, the marks between its messages included. */
  countExample(messages: readonly { role: string; content: string }[]): number;
  /** How it counts, in words. */
  basis: string;
}

/**
 * What OpenAI's chat models add: three tokens a message and three before the answer (OpenAI cookbook, "Data preparation
 * and analysis for chat model fine-tuning").
 */
const PER_MESSAGE = 3;
const PER_EXAMPLE = 3;

/** Byte pair encoding takes time by the square of an unbroken run: such runs are cut, which counts a token a cut more. */
const LONG_RUN = /(\S{200}|\s{200})/;
/** A word as the local provider takes it: letters and digits, or one of these signs. */
const WORD = /[!$%?#]|[a-z0-9\u00c0-\u1fff\u2070-\u2fff\u3040-\ufffc]+/gi;

/** How the tokens of a base model are counted. For one that is not known, another model's tokenizer estimates. */
export async function tokenCounterFor(baseModel: string): Promise<TokenCounter> {
  const known = knownModel(baseModel);
  if (known?.tokenizer === 'words') return { countExample: countWords, basis: 'counted in words, as it is trained' };
  const { countTokens } =
    known?.tokenizer === 'cl100k_base'
      ? await import('gpt-tokenizer/encoding/cl100k_base')
      : await import('gpt-tokenizer/encoding/o200k_base');
  const count = (text: string): number =>
    text.split(LONG_RUN).reduce((sum, part) => sum + (part === '' ? 0 : countTokens(part, AS_TEXT)), 0);
  return {
    countExample: (messages) =>
      PER_EXAMPLE + messages.reduce((sum, { role, content }) => sum + PER_MESSAGE + count(role) + count(content), 0),
    basis:
      known === undefined
        ? 'estimated with o200k_base: the tokenizer of this model is not known here'
        : `counted with ${known.tokenizer}`,
  };
}

/** A record that holds `<|endoftext|>` says so; it ends nothing. */
const AS_TEXT = { disallowedSpecial: new Set<string>() };

const countWords = (messages: readonly { role: string; content: string }[]): number =>
  messages.reduce((sum, { role, content }) => sum + (role === 'user' ? (content.match(WORD)?.length ?? 0) : 0), 0);
