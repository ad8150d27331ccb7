import { colours } from './colours.js';
import { stringify } from 'yaml';
import { lastStep } from '../domain/lifecycle-file/explain/find-key.js';
import type { KeyDoc } from '../domain/lifecycle-file/explain/key-doc.js';
import { columns } from './columns.js';

/** A key as people read it: what it is, what it means, the keys below it, and an example as YAML. */
export function keyLines(doc: KeyDoc): string[] {
  return [
    `${colours.bold(doc.path || 'lifecycle file')}  ${wordsOf(doc)}`,
    ...(doc.description === '' ? [] : [`  ${doc.description}`]),
    ...section(columns(doc.keys.map(keyRow))),
    ...section(exampleLines(doc)),
  ];
}

const NEEDS = { required: 'required', optional: 'may be left out', depends: 'in one of the forms' };

function wordsOf({ type, need, default: value }: KeyDoc): string {
  return `${type}, ${value === undefined ? NEEDS[need] : `${String(value)} where it is left out`}`;
}

const keyRow = (key: KeyDoc): string[] => [lastStep(key.path), wordsOf(key), key.description];

function exampleLines({ path, example }: KeyDoc): string[] {
  if (example === undefined) return [];
  return [
    'Example:',
    ...stringify({ [lastStep(path)]: example })
      .trimEnd()
      .split('\n')
      .map((line) => `  ${line}`),
  ];
}

const section = (lines: readonly string[]): string[] =>
  lines.length === 0 ? [] : ['', ...lines.map((line) => `  ${line}`)];
