import { assertConfidence } from '../statistics/confidence.js';
import { guardedDraws, guardedInterval, GUARDED_METHOD, type GuardedDraws } from '../statistics/guarded-bootstrap.js';
import { guardedSampleOf } from './guarded-sample.js';
import type { Measured } from './measured.js';
import { DEFAULT_RESAMPLES, type ResamplingOptions } from './measure-metric.js';
import { findMetric } from './metrics.js';
import type { ScoredItem } from './scored-item.js';

/**
 * By how much a metric fell from one set of items to another, independent one; positive is a fall. `n` counts both
 * sets. `unmeasured` when either is empty.
 */
export function dropBetween(
  options: ResamplingOptions & { before: readonly ScoredItem[]; after: readonly ScoredItem[] },
): Measured<number> {
  const { confidence, resamples = DEFAULT_RESAMPLES, seed } = options;
  assertConfidence(confidence);
  const metric = findMetric(options.metric);
  const [before, after] = [metric.fromItems(options.before), metric.fromItems(options.after)];
  if (before.status !== 'ok') return before;
  if (after.status !== 'ok') return after;
  const drawsOf = (items: readonly ScoredItem[], name: string): GuardedDraws =>
    guardedDraws(guardedSampleOf(metric, items), { resamples, seed: `${seed}/${name}` });
  const [first, second] = [drawsOf(options.before, 'before'), drawsOf(options.after, 'after')];
  const value = before.value - after.value;
  const draws = {
    leaningDown: subtract(first.leaningDown, second.leaningUp),
    leaningUp: subtract(first.leaningUp, second.leaningDown),
  };
  const interval = guardedInterval(value, draws, confidence);
  return { status: 'ok', value, n: before.n + after.n, interval, confidence, method: `unpaired ${GUARDED_METHOD}` };
}

const subtract = (from: Float64Array, what: Float64Array): Float64Array =>
  from.map((value, index) => value - (what[index] as number));
