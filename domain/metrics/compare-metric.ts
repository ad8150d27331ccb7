import { LifecycleError } from '../kernel/errors.js';
import { assertConfidence } from '../statistics/confidence.js';
import { guardedDraws, guardedInterval, GUARDED_METHOD, type GuardedDraws } from '../statistics/guarded-bootstrap.js';
import { DEFAULT_RESAMPLES, type ResamplingOptions } from './measure-metric.js';
import { findMetric } from './metrics.js';
import { pairedSampleOf } from './paired-sample.js';
import type { ScoredItem } from './scored-item.js';

/** How two models differ on the same items; `difference` is candidate minus champion. */
export interface MetricComparison {
  difference: number;
  /** Two-sided at the confidence asked for. */
  interval: [number, number];
  n: number;
  /** Items that exactly one of the two answered rightly. */
  discordant: number;
  /** Variance of the difference times n; for the accuracy of two equal models it is the discordance rate. */
  variancePerItem: number;
  method: string;
}

/**
 * The paired bootstrap: items are drawn once for both models, so that what both find hard does not widen the interval.
 * Throws INVALID_INPUT unless both lists hold the same items in the same order, at least one.
 */
export function compareMetric(
  options: ResamplingOptions & { candidate: readonly ScoredItem[]; champion: readonly ScoredItem[] },
): MetricComparison {
  const { candidate, champion, confidence, resamples = DEFAULT_RESAMPLES, seed } = options;
  assertConfidence(confidence);
  assertPaired(candidate, champion);
  const sample = pairedSampleOf(findMetric(options.metric), candidate, champion);
  const draws = guardedDraws(sample, { resamples, seed });
  const difference = sample.statistic(sample.counted);
  return {
    difference,
    interval: guardedInterval(difference, draws, confidence),
    n: candidate.length,
    discordant: candidate.filter((item, index) => isRight(item) !== isRight(champion[index])).length,
    variancePerItem: varianceOf(draws) * (candidate.length + 1),
    method: `paired ${GUARDED_METHOD}`,
  };
}

const isRight = (item: ScoredItem | undefined): boolean => item !== undefined && item.expected === item.predicted;

function assertPaired(candidate: readonly ScoredItem[], champion: readonly ScoredItem[]): void {
  if (candidate.length === 0) throw new LifecycleError('INVALID_INPUT', 'There are no items to compare two models on.');
  const different = candidate.findIndex(({ id, expected }, index) => {
    const other = champion[index];
    return other?.id !== id || other.expected !== expected;
  });
  if (different === -1 && candidate.length === champion.length) return;
  const where = different === -1 ? candidate.length : different;
  throw new LifecycleError(
    'INVALID_INPUT',
    `The two models' items differ at position ${where}. Score both models on the same items, in the same order.`,
    { position: where, candidateItems: candidate.length, championItems: champion.length },
  );
}

/** The mean of both lists' variances. */
function varianceOf({ leaningDown, leaningUp }: GuardedDraws): number {
  const variances = [leaningDown, leaningUp].map((drawn) => {
    const mean = drawn.reduce((sum, value) => sum + value, 0) / drawn.length;
    return drawn.reduce((sum, value) => sum + (value - mean) ** 2, 0) / drawn.length;
  });
  return variances.reduce((sum, variance) => sum + variance, 0) / variances.length;
}
