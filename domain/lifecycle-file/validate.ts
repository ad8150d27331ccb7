import type { z } from 'zod';
import { plainValue, positionOf, type Located, type Path } from './yaml/located.js';
import type { Problem } from './problem.js';
import { didYouMean } from '../did-you-mean.js';

/** Judges a file by a schema: the value as the schema gives it, or every problem at its place. */
export function validate<T>(schema: z.ZodType<T>, root: Located): { value: T | undefined; problems: Problem[] } {
  const result = schema.safeParse(plainValue(root), { error: wordIssue });
  if (result.success) return { value: result.data, problems: [] };
  const problems = flattenIssues(result.error.issues).map(({ path, point, message }) => ({
    at: positionOf(root, path, point),
    message,
  }));
  return { value: undefined, problems };
}

interface FlatIssue {
  path: Path;
  point: 'value' | 'key';
  message: string;
}

type Issue = z.core.$ZodIssue;

/** One entry per problem: unknown keys one by one, unions by the branch that fits best. */
export function flattenIssues(issues: readonly Issue[], above: Path = []): FlatIssue[] {
  return issues.flatMap((issue): FlatIssue[] => {
    const path = [...above, ...issue.path];
    if (issue.code === 'unrecognized_keys') {
      const messages = issue.message.split('\n');
      return issue.keys.map((key, i) => ({
        path: [...path, key],
        point: 'key',
        message: messages[i] ?? issue.message,
      }));
    }
    if (issue.code === 'invalid_key') {
      return [{ path, point: 'key', message: issue.issues[0]?.message ?? issue.message }];
    }
    if (issue.code === 'invalid_union' && issue.errors.length > 0) {
      const branches = issue.errors.map((branch) => flattenIssues(branch, path));
      return branches.sort((a, b) => misfit(a) - misfit(b))[0] ?? [];
    }
    return [{ path, point: 'value', message: issue.message }];
  });
}

/** How badly a branch of a union fits: its problems, where a probable typing error counts half. */
const misfit = (branch: readonly FlatIssue[]): number =>
  branch.reduce((sum, { message }) => sum + (message.includes('Did you mean') ? 0.5 : 1), 0);

const WORDS: Record<string, string> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  object: 'a mapping',
  record: 'a mapping',
  array: 'a list',
};

/** What an issue says to the person who wrote the file. Messages that a schema brings itself come first. */
export function wordIssue(issue: z.core.$ZodRawIssue): string | undefined {
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => `Unknown key "${key}".${didYouMean(key, keysOf(issue.inst))}`).join('\n');
    case 'invalid_type':
      return wordType(String(issue.expected), issue.input, String(issue.path?.at(-1) ?? ''));
    case 'invalid_value':
      return wordChoice((issue.values as unknown[]).map(String), issue.input, String(issue.path?.at(-1) ?? ''));
    case 'invalid_union':
      return issue.options === undefined
        ? undefined
        : wordChoice((issue.options as unknown[]).map(String), undefined, '');
    default:
      return undefined;
  }
}

function wordType(expected: string, input: unknown, key: string): string {
  const wanted = WORDS[expected] ?? expected;
  if (input === undefined) return `Missing key "${key}": ${wanted}.`;
  const hint = expected === 'string' && typeof input !== 'object' ? ' Put it in quotes.' : '';
  return `Expected ${wanted}, found ${wordFound(input)}.${hint}`;
}

function wordChoice(values: readonly string[], input: unknown, key: string): string {
  const accepted = values.length === 1 ? `"${values[0]}"` : `one of ${values.join(', ')}`;
  if (input === undefined) return key === '' ? `Expected ${accepted}.` : `Missing key "${key}": ${accepted}.`;
  const found = typeof input === 'string' ? didYouMean(input, values) : '';
  return `Expected ${accepted}, found ${wordFound(input)}.${found}`;
}

function wordFound(input: unknown): string {
  if (input === null) return 'nothing';
  if (Array.isArray(input)) return 'a list';
  if (typeof input === 'object') return 'a mapping';
  return typeof input === 'string' ? `"${input.slice(0, 80)}"` : `the ${typeof input} ${JSON.stringify(input)}`;
}

const keysOf = (schema: unknown): string[] =>
  Object.keys((schema as { shape?: Record<string, unknown> } | undefined)?.shape ?? {});
