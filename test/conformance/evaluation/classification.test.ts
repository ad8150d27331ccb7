import { describe, expect, it } from 'vitest';
import { classScoresOf } from '../../../domain/metrics/classification.js';
import { confusionOf } from '../../../domain/metrics/confusion.js';
import { METRICS } from '../../../domain/metrics/metrics.js';
import { isClose, readCases } from '../read-cases.js';

interface Expected {
  labels: string[];
  accuracy: number;
  confusion: number[][];
  per_class: { precision: number[]; recall: number[]; f1: number[]; support: number[] };
  macro: { f1: number };
}
type Input = { y_true: string[]; y_pred: string[] };
type Params = { labels: string[] | null; zero_division: number | string };

const cases = readCases<Input, Params, Expected>('classification').filter(
  ({ params }) => params.labels === null && params.zero_division === 0,
);

describe('classification against scikit-learn with its default labels and zero division 0', () => {
  it('has the cases', () => {
    expect(cases.length).toBe(28);
  });

  it.each(cases)('$id agrees', ({ input, expected, tol }) => {
    const items = input.y_true.map((label, index) => ({
      id: `${index}`,
      expected: label,
      predicted: String(input.y_pred[index]),
    }));
    const confusion = confusionOf(items);
    expect(confusion.labels).toEqual(expected.labels.map(String));
    for (const cell of confusion.cells) expect(cell.count).toBe(expected.confusion[cell.expected]?.[cell.predicted]);
    expect(confusion.cells.reduce((sum, { count }) => sum + count, 0)).toBe(expected.confusion.flat().reduce((a, b) => a + b));

    for (const [index, scores] of classScoresOf(confusion).entries()) {
      for (const column of ['precision', 'recall', 'f1', 'support'] as const) {
        const reference = expected.per_class[column][index] ?? Number.NaN;
        expect(isClose(scores[column], reference, tol), `${column} of ${scores.label}`).toBe(true);
      }
    }
    expect(isClose(valueOf('accuracy', items), expected.accuracy, tol)).toBe(true);
    expect(isClose(valueOf('f1-macro', items), expected.macro.f1, tol)).toBe(true);
  });
});

function valueOf(metric: keyof typeof METRICS, items: Parameters<(typeof METRICS)['accuracy']['fromItems']>[0]): number {
  const measured = METRICS[metric].fromItems(items);
  return measured.status === 'ok' ? measured.value : Number.NaN;
}
