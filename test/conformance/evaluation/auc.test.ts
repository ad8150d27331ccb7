import { describe, expect, it } from 'vitest';
import { aucOf } from '../../../domain/statistics/auc.js';
import { isClose, readCases } from '../read-cases.js';

type Input = { y_true: number[]; y_score: number[] };

const cases = readCases<Input, { average: string }, { value: number }>('auc').filter(
  ({ metric, params, tags }) =>
    metric === 'roc_auc' && params.average === 'binary' && !['error', 'one-class'].some((tag) => tags.includes(tag)),
);

describe('the area under the ROC curve against scikit-learn, with both classes and finite scores', () => {
  it('has the cases', () => {
    expect(cases.length).toBe(23);
  });

  it.each(cases)('$id agrees', ({ input, expected, tol }) => {
    const scoresOf = (label: number): number[] => input.y_score.filter((_, index) => input.y_true[index] === label);
    expect(isClose(aucOf({ positive: scoresOf(1), negative: scoresOf(0) }), expected.value, tol)).toBe(true);
  });
});
