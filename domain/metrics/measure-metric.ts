import { guardedDraws, guardedInterval, GUARDED_METHOD } from '../statistics/guarded-bootstrap.js';
import { assertConfidence } from '../statistics/confidence.js';
import { guardedSampleOf } from './guarded-sample.js';
import type { Measured } from './measured.js';
import { findMetric } from './metrics.js';
import type { ScoredItem } from './scored-item.js';

/** Resamples where the caller does not say: the Monte Carlo error of a 95 % bound is then about a twentieth of its depth. */
export const DEFAULT_RESAMPLES = 2000;

/** What every measurement by resampling takes. Throws INVALID_INPUT for an unknown metric or a confidence outside (0, 1). */
export interface ResamplingOptions {
  /** E.g. `f1-macro`. */
  metric: string;
  confidence: number;
  resamples?: number;
  /** The same seed and items give the same interval, in whatever order the items stand. */
  seed: number | string;
}

/** The metric on the items with its two-sided interval; `unmeasured` without items. */
export function measureMetric(options: ResamplingOptions & { items: readonly ScoredItem[] }): Measured<number> {
  const { confidence, resamples = DEFAULT_RESAMPLES, seed, items } = options;
  assertConfidence(confidence);
  const metric = findMetric(options.metric);
  const measured = metric.fromItems(items);
  if (measured.status !== 'ok') return measured;
  const draws = guardedDraws(guardedSampleOf(metric, items), { resamples, seed });
  const interval = guardedInterval(measured.value, draws, confidence);
  return { ...measured, interval, confidence, method: GUARDED_METHOD };
}
