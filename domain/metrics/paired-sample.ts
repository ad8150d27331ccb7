import type { GuardedSample } from '../statistics/guarded-bootstrap.js';
import { countClasses, newClassCounts } from './class-counts.js';
import { confusionOf, type ConfusionCell } from './confusion.js';
import { possibleAnswers } from './guarded-sample.js';
import type { Metric } from './metrics.js';
import type { ScoredItem } from './scored-item.js';

/** One item's answers by two models. */
export interface PairedCell {
  candidate: ConfusionCell;
  champion: ConfusionCell;
}

/** The metric's difference, candidate minus champion, on items in the same order, ready to be resampled by pairs. */
export function pairedSampleOf(
  metric: Metric,
  candidate: readonly ScoredItem[],
  champion: readonly ScoredItem[],
): GuardedSample<PairedCell> {
  const both = confusionOf([...candidate, ...champion]);
  const counted = countPairs(both.labels, candidate, champion);
  const buffer = newClassCounts(both.labels.length + 1);
  return {
    counted: { cells: counted.map(({ cell }) => cell), counts: counted.map(({ count }) => count) },
    statistic: (pairs) => {
      const candidateValue = metric.fromClassCounts(countClasses(pairs, (pair) => pair.candidate, buffer));
      return candidateValue - metric.fromClassCounts(countClasses(pairs, (pair) => pair.champion, buffer));
    },
    possible: possibleAnswers(both).flatMap(([right, wrong]) => [
      { candidate: right, champion: wrong },
      { candidate: wrong, champion: right },
    ]),
  };
}

/** The distinct pairs of answers in an order that does not depend on the items', and how often each occurs. */
function countPairs(
  labels: readonly string[],
  candidate: readonly ScoredItem[],
  champion: readonly ScoredItem[],
): { cell: PairedCell; count: number }[] {
  const indexOf = new Map(labels.map((label, index) => [label, index]));
  const at = (label: string | undefined): number => indexOf.get(label ?? '') as number;
  const counts = new Map<number, number>();
  candidate.forEach(({ expected, predicted }, item) => {
    const key = (at(expected) * labels.length + at(predicted)) * labels.length + at(champion[item]?.predicted);
    counts.set(key, (counts.get(key) ?? 0) + 1);
  });
  return [...counts].sort(([a], [b]) => a - b).map(([key, count]) => ({ cell: pairAt(key, labels.length), count }));
}

function pairAt(key: number, labels: number): PairedCell {
  const expected = Math.floor(key / labels ** 2);
  return {
    candidate: { expected, predicted: Math.floor(key / labels) % labels },
    champion: { expected, predicted: key % labels },
  };
}
