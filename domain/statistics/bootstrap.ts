import { quantileOfSorted } from './quantile.js';
import type { Random } from './random.js';

/** Items by what they count as: `counts[i]` items fall into `cells[i]`. A cell may stand in several places. */
export interface CountedCells<Cell> {
  cells: readonly Cell[];
  counts: ArrayLike<number>;
}

/** A number that depends on the items only by how many fall into which cell. */
export type CellStatistic<Cell> = (counted: CountedCells<Cell>) => number;

export type Interval = [number, number];

/**
 * The statistic of `resamples` bootstrap samples, in the order drawn. A sample is n draws of an item with replacement,
 * of which only the cell is looked at: exactly a multinomial(n, counts / n) draw of the counts, nothing is approximated.
 */
export function resample<Cell>(options: {
  counted: CountedCells<Cell>;
  statistic: CellStatistic<Cell>;
  resamples: number;
  random: Random;
}): Float64Array {
  const { cells } = options.counted;
  const cellOfItem = cellOfEachItem(options.counted.counts);
  const counts = new Int32Array(cells.length);
  return Float64Array.from({ length: options.resamples }, () => {
    drawCounts(cellOfItem, counts, options.random);
    return options.statistic({ cells, counts });
  });
}

/** The percentile interval: two-sided, so each end leaves out half of 1 - `confidence`. */
export function percentileInterval(drawn: Float64Array, confidence: number): Interval {
  const ascending = drawn.toSorted();
  const tail = (1 - confidence) / 2;
  return [quantileOfSorted(ascending, tail), quantileOfSorted(ascending, 1 - tail)];
}

function cellOfEachItem(counts: ArrayLike<number>): Int32Array {
  return Int32Array.from(Array.from(counts).flatMap((count, cell) => Array<number>(count).fill(cell)));
}

function drawCounts(cellOfItem: Int32Array, counts: Int32Array, random: Random): void {
  counts.fill(0);
  const n = cellOfItem.length;
  for (let draw = 0; draw < n; draw++) {
    const cell = cellOfItem[random.integer(n)] as number;
    counts[cell] = (counts[cell] as number) + 1;
  }
}
