import type { ScoredItem } from '../metrics/scored-item.js';

/** An item on which two models differ in being right. */
export interface Regressed {
  id: string;
  expected: string;
  candidate: string;
  champion: string;
}

const MOST = 10;

/**
 * Items that the champion answered rightly and the candidate wrongly, the worst first: an answer that is none of the
 * expected ones before a mix-up of two, then the label that lost most, then by id. `won` counts the opposite. Both lists
 * hold the same items in the same order.
 */
export function worstRegressions(
  candidate: readonly ScoredItem[],
  champion: readonly ScoredItem[],
): { lost: number; won: number; worst: Regressed[] } {
  const pairs = candidate.flatMap((item, index): Regressed[] => {
    const other = champion[index];
    if (other === undefined) return [];
    const { id, expected } = item;
    return [{ id, expected, candidate: item.predicted, champion: other.predicted }];
  });
  const lost = pairs.filter((pair) => pair.champion === pair.expected && pair.candidate !== pair.expected);
  const won = pairs.filter((pair) => pair.champion !== pair.expected && pair.candidate === pair.expected);
  const labels = new Set(candidate.map(({ expected }) => expected));
  const losses = new Map<string, number>();
  for (const { expected } of lost) losses.set(expected, (losses.get(expected) ?? 0) + 1);
  const weight = ({ candidate: said, expected }: Regressed): [number, number] => [
    labels.has(said) ? 0 : 1,
    losses.get(expected) ?? 0,
  ];
  const worst = lost.toSorted((a, b) => {
    const [strangeA, lossesA] = weight(a);
    const [strangeB, lossesB] = weight(b);
    return strangeB - strangeA || lossesB - lossesA || (a.id < b.id ? -1 : 1);
  });
  return { lost: lost.length, won: won.length, worst: worst.slice(0, MOST) };
}
