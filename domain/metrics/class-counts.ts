import type { CountedCells } from '../statistics/bootstrap.js';
import type { Confusion, ConfusionCell } from './confusion.js';

/** The margins of a confusion: per class how many were expected, how many answered, and how many rightly. */
export interface ClassCounts {
  items: number;
  expected: Float64Array;
  predicted: Float64Array;
  right: Float64Array;
}

export const newClassCounts = (classes: number): ClassCounts => ({
  items: 0,
  expected: new Float64Array(classes),
  predicted: new Float64Array(classes),
  right: new Float64Array(classes),
});

/**
 * Fills `into` with the margins of the counted cells, each cell's answer taken by `answerOf`. It is emptied first, so
 * that one serves thousands of resamples.
 */
export function countClasses<Cell>(
  { cells, counts }: CountedCells<Cell>,
  answerOf: (cell: Cell) => ConfusionCell,
  into: ClassCounts,
): ClassCounts {
  into.items = 0;
  for (const column of [into.expected, into.predicted, into.right]) column.fill(0);
  for (let index = 0; index < cells.length; index++) {
    const { expected, predicted } = answerOf(cells[index] as Cell);
    const count = counts[index] as number;
    into.items += count;
    into.expected[expected] = (into.expected[expected] as number) + count;
    into.predicted[predicted] = (into.predicted[predicted] as number) + count;
    if (expected === predicted) into.right[expected] = (into.right[expected] as number) + count;
  }
  return into;
}

/** The margins of a whole confusion. */
export function classCountsOf({ labels, cells }: Confusion): ClassCounts {
  const counts = cells.map(({ count }) => count);
  return countClasses({ cells, counts }, (cell) => cell, newClassCounts(labels.length));
}
