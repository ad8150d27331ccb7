import { describe, expect, it } from 'vitest';
import { cohenKappa, fleissKappa } from '../../../domain/statistics/kappa.js';
import { isClose, readCases } from '../read-cases.js';

type Label = string | number;
interface Expected {
  value?: number | 'NaN';
}
const isValue = ({ expected }: { expected: Expected }): boolean => expected.value !== undefined;

const cohen = readCases<{ a: Label[]; b: Label[] }, { weights: string | null }, Expected>('cohen_kappa').filter(
  (one) => one.params.weights === null && isValue(one),
);

describe("Cohen's kappa against scikit-learn", () => {
  it('has the cases', () => {
    expect(cohen.length).toBe(17);
  });

  it.each(cohen)('$id agrees', ({ input, expected, tol }) => {
    const got = cohenKappa(input.a.map((label, at) => [String(label), String(input.b[at])]));
    if (expected.value === 'NaN') expect(got).toBeUndefined();
    else expect(isClose(got ?? Number.NaN, expected.value ?? Number.NaN, tol)).toBe(true);
  });

  it('is undefined without items', () => {
    expect(cohenKappa([])).toBeUndefined();
  });
});

// One label said by everybody is 0/0: statsmodels says 1, scikit-learn of the same items nothing, and so does this.
const fleiss = readCases<{ table: number[][] }, { method: string }, Expected>('fleiss_kappa').filter(
  (one) => one.params.method === 'fleiss' && isValue(one) && !one.tags.includes('one-class'),
);

describe("Fleiss' kappa against statsmodels", () => {
  it('has the cases', () => {
    expect(fleiss.length).toBe(21);
  });

  it.each(fleiss)('$id agrees', ({ input, expected, tol }) => {
    const got = fleissKappa(input.table);
    if (expected.value === 'NaN') expect(got).toBeUndefined();
    else expect(isClose(got ?? Number.NaN, expected.value ?? Number.NaN, tol)).toBe(true);
  });

  it('is undefined without items, and where everybody always says the same', () => {
    expect(fleissKappa([])).toBeUndefined();
    expect(fleissKappa([[2, 0]])).toBeUndefined();
  });
});
