import { describe, expect, it } from 'vitest';
import { knownModel } from '../../../domain/training/known-models.js';
import { preflight, preflightProblems } from '../../../domain/training/preflight.js';
import { tokenCounterFor } from '../../../domain/training/token-counter.js';
import { isNotable, varianceInWords, varianceOf } from '../../../domain/training/variance.js';
import { featurize } from '../../../providers/local/linear-ngram/features.js';
import { bytesOf } from '../../support/toy-mails.js';

const chat = (...messages: [role: string, content: unknown][]): string =>
  JSON.stringify({ messages: messages.map(([role, content]) => ({ role, content })) });
const good = (number: number): string => chat(['user', `question ${number}`], ['assistant', 'yes']);
const goods = Array.from({ length: 10 }, (_, number) => good(number));
const look = (lines: string[], baseModel = 'gpt-4.1-mini', validation?: string[]) =>
  preflight({
    baseModel,
    training: bytesOf(lines.join('\n')),
    ...(validation && { validation: bytesOf(validation.join('\n')) }),
  });

describe('tokens', () => {
  it('are counted as the model does, with the marks between messages', async () => {
    const { countExample, basis } = await tokenCounterFor('gpt-4o-mini-2024-07-18');
    // By js-tiktoken 1.0.21 with o200k_base: user 1, "hello world" 2, assistant 2, "tiktoken is great!" 6.
    const messages = [
      { role: 'user', content: 'hello world' },
      { role: 'assistant', content: 'tiktoken is great!' },
    ];
    expect(countExample(messages)).toBe(3 + (3 + 1 + 2) + (3 + 1 + 6));
    expect(basis).toBe('counted with o200k_base');
  });

  it('of a model that is not known here are estimated, and it is said', async () => {
    const { basis } = await tokenCounterFor('meta-llama/Llama-3.3-70B');
    expect(basis).toBe('estimated with o200k_base: the tokenizer of this model is not known here');
  });

  it('of the local model are its words', async () => {
    const { countExample } = await tokenCounterFor('local/linear-ngram');
    for (const text of ['Héllo wörld, 42 % off!', 'İstanbul?? #1', '日本語 テキスト', 'tab\tand\nline', '']) {
      const messages = [
        { role: 'user', content: text },
        { role: 'assistant', content: 'not counted' },
      ];
      expect(countExample(messages)).toBe(featurize(text).tokens);
    }
  });

  it('of one endless word are counted in a moment, and marks of the tokenizer are text', async () => {
    const { countExample } = await tokenCounterFor('gpt-4o');
    const of = (content: string) => countExample([{ role: 'user', content }]);
    expect(of('a'.repeat(400_000))).toBeGreaterThan(40_000);
    expect(of('\n'.repeat(400_000))).toBeGreaterThan(1_000);
    expect(of('<|endoftext|>')).toBeGreaterThan(8);
  });
});

describe('a look before anything is paid', () => {
  it('finds nothing wrong with a good file', async () => {
    const seen = await look([...goods, '']);
    expect(preflightProblems(seen)).toEqual([]);
    expect(seen).toMatchObject({ limit: 65_536, limitIsKnown: true, validation: null });
    expect(seen.training).toMatchObject({ examples: 10, duplicates: 0, problemCount: 0 });
    expect(seen.training.tokens).toBeGreaterThan(100);
  });

  it.each([
    ['{"messages": [', 'is not JSON'],
    ['{"prompt":"a","completion":"b"}', 'is not {"messages": [{"role": …, "content": …}, …]}'],
    ['[]', 'is not {"messages": [{"role": …, "content": …}, …]}'],
    [chat(['user', 'q'], ['assistant', 7]), 'has a message 2 without a text for role and content'],
    [
      chat(['human', 'q'], ['assistant', 'a']),
      'has a message 1 whose role is none of system, developer, user, assistant',
    ],
    [chat(['user', 'q'], ['assistant', ' ']), 'has an empty message 2'],
    [chat(['system', 's'], ['assistant', 'a']), 'has no message of a user'],
    [chat(['user', 'q'], ['assistant', 'a'], ['user', 'and?']), 'does not end with a message of the assistant'],
  ])('names the line %j', async (line, problem) => {
    const seen = await look([...goods, line]);
    expect(preflightProblems(seen)).toEqual([`training line 11 ${problem}`]);
  });

  it('names lines that are longer than the model trains, and repeats nothing of them', async () => {
    const long = chat(['user', 'canary '.repeat(70_000)], ['assistant', 'yes']);
    const [problem] = preflightProblems(await look([long, ...goods]));
    expect(problem).toMatch(/^training line 1 has 140\d{3} tokens, more than the 65536 that are trained$/);
    const unknown = await look([long, ...goods], 'some/model');
    expect(preflightProblems(unknown)).toEqual([]);
    expect(unknown).toMatchObject({ limit: null, limitIsKnown: false });
    expect(unknown.training.longest).toMatchObject({ line: 1 });
  });

  it('wants as many examples as the provider does, and counts what stands there twice', async () => {
    const seen = await look([good(1), good(1), good(2)]);
    expect(preflightProblems(seen)).toEqual(['There are 3 examples; it takes 10 at least.']);
    expect(seen.training.duplicates).toBe(1);
    expect(preflightProblems(await look([]))).toEqual(['There are 0 examples; it takes 10 at least.']);
  });

  it('looks into the validation file too, and lists at most twenty problems of each', async () => {
    const seen = await look(
      goods,
      'gpt-4.1',
      Array.from({ length: 25 }, () => 'x'),
    );
    const lines = preflightProblems(seen);
    expect(lines).toHaveLength(21);
    expect(lines[0]).toBe('validation line 1 is not JSON');
    expect(lines.at(-1)).toBe('and 5 more in the validation file');
  });

  it('ends at a line that is larger than any may be', async () => {
    const seen = await look([good(1), 'x'.repeat(17 * 1024 * 1024)]);
    expect(preflightProblems(seen)[0]).toBe('training line 2 is longer than 16 MB or not UTF-8; the rest was not read');
  });
});

describe('what is known of models', () => {
  it('is found by the longest beginning of the name', () => {
    expect(knownModel('gpt-4.1-nano-2025-04-14')).toMatchObject({ prefix: 'gpt-4.1', lastJobs: '2027-01-06' });
    expect(knownModel('gpt-3.5-turbo-0125')?.exampleTokens).toBe(16_385);
    expect(knownModel('mistral-small')).toBeUndefined();
  });
});

describe('trained against quoted', () => {
  const quote = { costMicroUsd: 2_000_000, tokens: 1_000, basis: '' };

  it('is worth an event above a tenth, either way', () => {
    const notable = [1_000, 1_100, 1_101, 900, 899].map((trained) => isNotable(varianceOf(quote, trained)!));
    expect(notable).toEqual([false, false, true, false, true]);
  });

  it('says how much, and what that costs', () => {
    const variance = varianceOf(quote, 1_000_000)!;
    expect(variance.costMicroUsd).toBe(2_000_000_000);
    expect(varianceInWords(variance)).toBe('1000000 tokens trained, 99900.0 % more than the 1000 quoted');
    expect(varianceInWords(varianceOf(quote, 250)!)).toBe('250 tokens trained, 75.0 % fewer than the 1000 quoted');
  });

  it('is not known where the provider does not say', () => {
    expect(varianceOf(quote, null)).toBeUndefined();
    expect(varianceOf({ ...quote, tokens: 0 }, 5)).toBeUndefined();
  });
});
