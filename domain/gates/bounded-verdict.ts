import { normalQuantile } from '../statistics/normal.js';
import type { GateResult } from './gate-result.js';

/** A statistic with both one-sided bounds at `confidence`, where more is better. */
export interface Bounded {
  statistic: number;
  interval: [number, number];
  n: number;
  confidence: number;
}

type Judgement = Pick<GateResult, 'verdict' | 'statistic' | 'interval' | 'n' | 'reason'>;

/** `pass` when the lower bound reaches the limit, `fail` when the upper one does not, else `inconclusive`. */
export function judgeBounded(name: string, bounded: Bounded, limit: number): Judgement {
  const { statistic, interval, n, confidence } = bounded;
  const [lower, upper] = interval;
  const measured = `${name} is ${rounded(statistic)} on ${n} items`;
  const at = `at ${rounded(confidence * 100)} % confidence`;
  const judged = { statistic, interval, n };
  if (lower >= limit) {
    return { ...judged, verdict: 'pass', reason: `${measured}; ${at} not below ${rounded(lower)}, limit ${limit}` };
  }
  if (upper < limit) {
    return { ...judged, verdict: 'fail', reason: `${measured}; ${at} not above ${rounded(upper)}, limit ${limit}` };
  }
  const between = `${at} between ${rounded(lower)} and ${rounded(upper)}, which leaves the limit ${limit} open`;
  return { ...judged, verdict: 'inconclusive', reason: `${measured}; ${between}` };
}

/** A judgement that nothing could be measured for; it never passes. */
export const undecided = (reason: string, n = 0): Judgement & { neededItems: null } => ({
  verdict: 'inconclusive',
  statistic: null,
  interval: null,
  n,
  reason,
  neededItems: null,
});

const POWER = 0.8;

/**
 * Items for which a one-sided bound at `confidence` clears a limit `distance` away with 80 % power, by the normal
 * approximation; null when the distance is not positive.
 */
export function itemsNeeded(options: { variancePerItem: number; distance: number; confidence: number }): number | null {
  if (!(options.distance > 0)) return null;
  const z = normalQuantile(options.confidence) + normalQuantile(POWER);
  return Math.max(1, Math.ceil((z / options.distance) ** 2 * options.variancePerItem));
}

const rounded = (value: number): number => Number(value.toPrecision(4));
