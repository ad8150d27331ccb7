import { percentileInterval, resample, type CellStatistic, type CountedCells, type Interval } from './bootstrap.js';
import { seededRandom } from './random.js';

/** One set of items, what is computed of it, and the items that might have been seen but perhaps were not. */
export interface GuardedSample<Cell> {
  counted: CountedCells<Cell>;
  statistic: CellStatistic<Cell>;
  /** Cells of which one more item could speak against, or for, the statistic. At least one. */
  possible: readonly Cell[];
}

/** Bootstrap samples of one set of items, in the order drawn: those that lean down and those that lean up. */
export interface GuardedDraws {
  leaningDown: Float64Array;
  leaningUp: Float64Array;
}

/** How the bounds are made, for reports. */
export const GUARDED_METHOD = 'percentile bootstrap of the items and the one worst (best) case not seen';

/**
 * Bootstrap samples for bounds that hold near the edge. The plain bootstrap of three right answers says [1, 1]: what
 * was not seen cannot be drawn. So the lower bound is taken from the items and one more, the possible one that lowers
 * the statistic most, the upper bound from the items and the one that raises it most. With no error in n items this
 * gives the rule of three (1 - 3/n at 95 %), and with some it stays close to Clopper and Pearson's bound, because
 * P(Poisson(e + 1) > x) ≈ α is nearly the exact bound's equation. Simulated one-sided misses at 95 %, macro-F1 0.98:
 * n = 30: 0 % (plain percentile and BCa 62 %), n = 100: 0 % (18 %, 18 %), n = 300: 4 % (12 %, 5 %).
 */
export function guardedDraws<Cell>(
  sample: GuardedSample<Cell>,
  options: { resamples: number; seed: number | string },
): GuardedDraws {
  const { counted, statistic, possible } = sample;
  const byEffect = possible
    .map((cell) => withOneMore(counted, cell))
    .map((extended) => ({ extended, value: statistic(extended) }))
    .sort((a, b) => a.value - b.value);
  const draw = (extended: CountedCells<Cell> | undefined, name: string): Float64Array => {
    const random = seededRandom(`${options.seed}/${name}`);
    return resample({ counted: extended ?? counted, statistic, resamples: options.resamples, random });
  };
  return { leaningDown: draw(byEffect[0]?.extended, 'down'), leaningUp: draw(byEffect.at(-1)?.extended, 'up') };
}

/** Both bounds around the estimate; two-sided at `confidence`, so each alone is one-sided at (1 + `confidence`) / 2. */
export function guardedInterval(estimate: number, draws: GuardedDraws, confidence: number): Interval {
  const [low] = percentileInterval(draws.leaningDown, confidence);
  const [, high] = percentileInterval(draws.leaningUp, confidence);
  return [Math.min(low, estimate), Math.max(high, estimate)];
}

const withOneMore = <Cell>({ cells, counts }: CountedCells<Cell>, cell: Cell): CountedCells<Cell> => ({
  cells: [...cells, cell],
  counts: [...Array.from(counts), 1],
});
