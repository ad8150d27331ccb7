import type { GuardedSample } from '../statistics/guarded-bootstrap.js';
import { countClasses, newClassCounts } from './class-counts.js';
import { confusionOf, type Confusion, type ConfusionCell } from './confusion.js';
import type { Metric } from './metrics.js';
import type { ScoredItem } from './scored-item.js';

/** A metric on one set of items, ready to be resampled by its confusion. At least one item. */
export function guardedSampleOf(metric: Metric, items: readonly ScoredItem[]): GuardedSample<ConfusionCell> {
  const confusion = confusionOf(items);
  const buffer = newClassCounts(confusion.labels.length + 1);
  return {
    counted: { cells: confusion.cells, counts: confusion.cells.map(({ count }) => count) },
    statistic: (counted) => metric.fromClassCounts(countClasses(counted, (cell) => cell, buffer)),
    possible: possibleAnswers(confusion).flatMap(([right, wrong]) => [right, wrong]),
  };
}

/** Every pair of a right and a wrong answer that an item of an expected class could have got. */
export function possibleAnswers(confusion: Confusion): [ConfusionCell, ConfusionCell][] {
  const expected = [...new Set(confusion.cells.map((cell) => cell.expected))];
  return expected.flatMap((right) =>
    wrongAnswers(right, expected, confusion.labels.length).map((wrong): [ConfusionCell, ConfusionCell] => [
      { expected: right, predicted: right },
      { expected: right, predicted: wrong },
    ]),
  );
}

/** Other expected classes; where there is only one, an answer outside the labels. */
function wrongAnswers(right: number, expected: readonly number[], outside: number): readonly number[] {
  return expected.length === 1 ? [outside] : expected.filter((label) => label !== right);
}
