import type { Slice } from '../api/comparison.js';
import { compareMetric } from '../metrics/compare-metric.js';
import type { ScoredItem } from '../metrics/scored-item.js';

const CONFIDENCE = 0.95;
const SEED = 20020822;
/** The largest; so many more are only counted. */
const MOST = 20;

/**
 * The items of each expected answer as a slice: which share of them each of two models answered rightly, and by how much
 * they differ there, by the paired bootstrap. What got worse comes first. Both lists hold the same items in the same
 * order.
 */
export function compareSlices(
  candidate: readonly ScoredItem[],
  champion: readonly ScoredItem[],
): { slices: Slice[]; more: number } {
  const indexes = new Map<string, number[]>();
  candidate.forEach(({ expected }, index) => {
    const before = indexes.get(expected);
    if (before === undefined) indexes.set(expected, [index]);
    else before.push(index);
  });
  const bySize = [...indexes].sort(([a, one], [b, other]) => other.length - one.length || (a < b ? -1 : 1));
  const slices = bySize.slice(0, MOST).map(([label, at]) => {
    const own = (items: readonly ScoredItem[]): ScoredItem[] => at.flatMap((index) => items[index] ?? []);
    return sliceOf(label, own(candidate), own(champion));
  });
  return { slices: slices.sort((a, b) => a.difference - b.difference), more: Math.max(bySize.length - MOST, 0) };
}

function sliceOf(label: string, candidate: ScoredItem[], champion: ScoredItem[]): Slice {
  const settings = { metric: 'accuracy', confidence: CONFIDENCE, seed: SEED };
  const { difference, interval } = compareMetric({ ...settings, candidate, champion });
  const standing = interval[1] < 0 ? 'worse' : interval[0] > 0 ? 'better' : 'undecided';
  const n = candidate.length;
  return { label, n, candidate: rightShare(candidate), champion: rightShare(champion), difference, interval, standing };
}

const rightShare = (items: readonly ScoredItem[]): number =>
  items.filter(({ expected, predicted }) => expected === predicted).length / items.length;
