import type { GateSpec } from '../lifecycle-file/plan.js';
import { measureMetric } from '../metrics/measure-metric.js';
import { normalQuantile } from '../statistics/normal.js';
import { itemsNeeded, judgeBounded, undecided, type Bounded } from './bounded-verdict.js';
import type { GateInput, GateResult } from './gate-result.js';

type AtLeastGate = Extract<GateSpec, { kind: 'at-least' }>;

/** Whether the candidate's metric reaches a limit. */
export function judgeAtLeast(gate: AtLeastGate, input: GateInput): Omit<GateResult, 'gate' | 'limit'> {
  const { items } = input.candidate;
  if (items === null) return undecided(`The candidate was not scored on task '${gate.task}'.`);
  const measured = measureMetric({ ...input, metric: gate.metric, items, confidence: 2 * gate.confidence - 1 });
  if (measured.status !== 'ok') return undecided(measured.reason);
  if (measured.interval === undefined) return undecided(`'${gate.metric}' has no interval.`, measured.n);
  const { value: statistic, interval, n } = measured;
  const bounded = { statistic, interval, n, confidence: gate.confidence };
  const neededItems = itemsNeeded({
    variancePerItem: n * standardErrorOf(bounded) ** 2,
    distance: statistic - gate.limit,
    confidence: gate.confidence,
  });
  return { ...judgeBounded(gate.metric, bounded, gate.limit), neededItems };
}

/** The lower bound's depth in units of the normal quantile. */
const standardErrorOf = ({ statistic, interval, confidence }: Bounded): number =>
  (statistic - interval[0]) / normalQuantile(confidence);
