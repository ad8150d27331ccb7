import type { Interval } from './bootstrap.js';
import { normalCdf, normalQuantile } from './normal.js';
import { quantileOfSorted } from './quantile.js';

/**
 * The bias-corrected and accelerated bootstrap interval (Efron 1987, as scipy.stats.bootstrap has it), for statistics
 * that vary smoothly, e.g. means. `jackknife` holds the statistic without each item in turn. Null where it is not
 * defined because the resamples or the jackknife do not vary. For shares and scores near 0 or 1 take `guardedDraws` instead.
 */
export function bcaInterval(options: {
  estimate: number;
  drawn: Float64Array;
  jackknife: ArrayLike<number>;
  confidence: number;
}): Interval | null {
  const ascending = options.drawn.toSorted();
  const bias = normalQuantile(shareBelow(ascending, options.estimate));
  const acceleration = accelerationOf(Array.from(options.jackknife));
  const end = (probability: number): number => {
    const shifted = bias + normalQuantile(probability);
    return quantileOfSorted(ascending, normalCdf(bias + shifted / (1 - acceleration * shifted)));
  };
  const tail = (1 - options.confidence) / 2;
  const interval: Interval = [end(tail), end(1 - tail)];
  return interval.every(Number.isFinite) ? interval : null;
}

/** Values that equal the estimate count half. */
function shareBelow(values: Float64Array, estimate: number): number {
  const below = values.filter((value) => value < estimate).length;
  const notAbove = values.filter((value) => value <= estimate).length;
  return (below + notAbove) / (2 * values.length);
}

function accelerationOf(jackknife: number[]): number {
  const mean = jackknife.reduce((sum, value) => sum + value, 0) / jackknife.length;
  const sumOfPowers = (power: number): number => jackknife.reduce((sum, value) => sum + (mean - value) ** power, 0);
  return sumOfPowers(3) / (6 * sumOfPowers(2) ** 1.5);
}
