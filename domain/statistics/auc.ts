import type { Interval } from './bootstrap.js';
import { normalCdf, normalQuantile } from './normal.js';

/** Scores of the two kinds of items; at least one of each, all finite. */
export interface TwoSamples {
  positive: ArrayLike<number>;
  negative: ArrayLike<number>;
}

/** The area under the ROC curve: the probability that a positive item scores above a negative one, a tie counting half. */
export function aucOf({ positive, negative }: TwoSamples): number {
  const [m, n] = [positive.length, negative.length];
  const ranks = midranks([...Array.from(positive), ...Array.from(negative)]);
  const rankSum = ranks.subarray(0, m).reduce((sum, rank) => sum + rank, 0);
  return (rankSum - (m * (m + 1)) / 2) / (m * n);
}

/**
 * P(AUC at least as high | both kinds of scores come from one distribution), one-sided: the Mann–Whitney test with the
 * variance corrected for ties, normal approximation without continuity correction. 1 when all scores tie.
 */
export function aucPValue(samples: TwoSamples): number {
  const [m, n] = [samples.positive.length, samples.negative.length];
  const total = m + n;
  const ties = tieSizes([...Array.from(samples.positive), ...Array.from(samples.negative)]);
  const tied = ties.reduce((sum, size) => sum + size ** 3 - size, 0);
  const variance = (total + 1 - tied / (total * (total - 1))) / (12 * m * n);
  return variance > 0 ? normalCdf((0.5 - aucOf(samples)) / Math.sqrt(variance)) : 1;
}

/** DeLong's variance of the AUC (1988), by midranks as Sun and Xu (2014); at least two items of each kind. */
export function deLongVariance({ positive, negative }: TwoSamples): number {
  const [m, n] = [positive.length, negative.length];
  const all = midranks([...Array.from(positive), ...Array.from(negative)]);
  const [ofPositive, ofNegative] = [midranks(Array.from(positive)), midranks(Array.from(negative))];
  const abovePositive = ofPositive.map((rank, index) => ((all[index] as number) - rank) / n);
  const aboveNegative = ofNegative.map((rank, index) => 1 - ((all[m + index] as number) - rank) / m);
  return sampleVariance(abovePositive) / m + sampleVariance(aboveNegative) / n;
}

/** Hanley and McNeil's variance (1982) of an AUC whose true value is `auc`; at 0.5 it is Mann–Whitney's without ties. */
export function hanleyMcNeilVariance(auc: number, positives: number, negatives: number): number {
  const twoPositives = auc / (2 - auc) - auc ** 2;
  const twoNegatives = (2 * auc ** 2) / (1 + auc) - auc ** 2;
  const spread = auc * (1 - auc) + (positives - 1) * twoPositives + (negatives - 1) * twoNegatives;
  return spread / (positives * negatives);
}

/**
 * DeLong's interval, two-sided, within [0, 1]. Where the two kinds are fully apart DeLong's variance is 0; the open end
 * is then the AUC that would still show this much with the given confidence, by Hanley and McNeil's variance.
 */
export function aucInterval(samples: TwoSamples, confidence: number): Interval {
  const auc = aucOf(samples);
  const z = normalQuantile((1 + confidence) / 2);
  const variance = deLongVariance(samples);
  const [m, n] = [samples.positive.length, samples.negative.length];
  if (variance > 0) return [Math.max(0, auc - z * Math.sqrt(variance)), Math.min(1, auc + z * Math.sqrt(variance))];
  const reach = (share: number): number => share + z * Math.sqrt(hanleyMcNeilVariance(share, m, n));
  if (auc === 1) return [bisect((share) => reach(share) >= 1, 0.5, 1), 1];
  if (auc === 0) return [0, 1 - bisect((share) => reach(share) >= 1, 0.5, 1)];
  return [auc, auc];
}

/** The smallest true AUC above 0.5 that the one-sided test at `confidence` finds with this power on so many items. */
export function detectableAuc(options: {
  positives: number;
  negatives: number;
  confidence: number;
  power: number;
}): number {
  const { positives, negatives } = options;
  const deviation = (auc: number): number => Math.sqrt(hanleyMcNeilVariance(auc, positives, negatives));
  const critical = 0.5 + normalQuantile(options.confidence) * deviation(0.5);
  return bisect((auc) => auc - normalQuantile(options.power) * deviation(auc) >= critical, 0.5, 1);
}

/** The smallest number between `low` and `high` from which on the condition holds, to 1e-9; `high` if it never does. */
function bisect(holds: (value: number) => boolean, low: number, high: number): number {
  while (high - low > 1e-9) {
    const middle = (low + high) / 2;
    if (holds(middle)) high = middle;
    else low = middle;
  }
  return high;
}

/** Each value's rank from 1 on, ties sharing the mean of their ranks. */
function midranks(values: readonly number[]): Float64Array {
  const order = values.map((_, index) => index).sort((a, b) => (values[a] as number) - (values[b] as number));
  const ranks = new Float64Array(values.length);
  for (let from = 0; from < order.length;) {
    let to = from + 1;
    while (to < order.length && values[order[to] as number] === values[order[from] as number]) to++;
    for (let place = from; place < to; place++) ranks[order[place] as number] = (from + 1 + to) / 2;
    from = to;
  }
  return ranks;
}

function tieSizes(values: readonly number[]): number[] {
  const sizes = new Map<number, number>();
  for (const value of values) sizes.set(value, (sizes.get(value) ?? 0) + 1);
  return [...sizes.values()];
}

function sampleVariance(values: Float64Array): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
}
