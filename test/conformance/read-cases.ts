import { readFileSync } from 'node:fs';

/** A reference implementation's answer to one input. */
export interface ReferenceCase<Input, Params, Expected> {
  id: string;
  metric: string;
  tags: string[];
  input: Input;
  params: Params;
  expected: Expected;
  tol: { abs: number; rel: number };
}

export function readCases<Input, Params, Expected>(family: string): ReferenceCase<Input, Params, Expected>[] {
  const text = readFileSync(new URL(`cases/${family}.jsonl`, import.meta.url), 'utf8');
  const lines = text.split('\n').filter((line) => line !== '');
  return lines.map((line) => JSON.parse(line) as ReferenceCase<Input, Params, Expected>);
}

/** Whether a number lies within the case's tolerance of the reference answer. */
export const isClose = (got: number, expected: number, tol: { abs: number; rel: number }): boolean =>
  Math.abs(got - expected) <= tol.abs + tol.rel * Math.abs(expected);
