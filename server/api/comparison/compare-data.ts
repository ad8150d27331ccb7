import { createHash } from 'node:crypto';
import type { SplitDifference } from '../../../domain/api/comparison.js';
import type { Split } from './bodies.js';
import { knownOrWhy, storedLines, type ReadableArtifacts } from './stored-lines.js';

/** Above so many records of a split, their sets are not compared while somebody waits. */
const MOST_RECORDS = 200_000;

interface Sides {
  candidate: readonly Split[];
  champion: readonly Split[];
}

/** How the data of two versions differs, split by split; `note` says why records were not compared one by one. */
export async function compareData(
  artifacts: ReadableArtifacts,
  { candidate, champion }: Sides,
): Promise<{ splits: SplitDifference[]; note: string | null }> {
  const names = [...new Set([...candidate, ...champion].map(({ name }) => name))];
  const notes: string[] = [];
  const splits: SplitDifference[] = [];
  for (const name of names) {
    const own = candidate.find((split) => split.name === name);
    const other = champion.find((split) => split.name === name);
    const counted = await knownOrWhy(() => compareRecords(artifacts, own, other));
    if (counted.status === 'unknown') notes.push(counted.reason);
    const { added, removed } = counted.status === 'known' ? counted : { added: null, removed: null };
    splits.push({ name, candidate: sideOf(own), champion: sideOf(other), added, removed });
  }
  return { splits, note: notes[0] ?? null };
}

const sideOf = (split: Split | undefined): SplitDifference['candidate'] =>
  split === undefined ? null : { datasetId: split.datasetId, records: split.records, labels: split.labels };

async function compareRecords(
  artifacts: ReadableArtifacts,
  own: Split | undefined,
  other: Split | undefined,
): Promise<{ added: number | null; removed: number | null }> {
  if (own?.datasetId === other?.datasetId) return { added: 0, removed: 0 };
  if ((own?.records ?? 0) + (other?.records ?? 0) > MOST_RECORDS) return { added: null, removed: null };
  const [mine, theirs] = [await digestsOf(artifacts, own), await digestsOf(artifacts, other)];
  return { added: missingIn(theirs, mine), removed: missingIn(mine, theirs) };
}

/** How often each record stands in a split. */
async function digestsOf(artifacts: ReadableArtifacts, split: Split | undefined): Promise<Map<string, number>> {
  const counts = new Map<string, number>();
  for (const line of split === undefined ? [] : await storedLines(artifacts, split.artifact)) {
    const digest = createHash('sha256').update(line).digest('base64');
    counts.set(digest, (counts.get(digest) ?? 0) + 1);
  }
  return counts;
}

const missingIn = (where: Map<string, number>, records: Map<string, number>): number =>
  [...records].reduce((sum, [digest, count]) => sum + Math.max(count - (where.get(digest) ?? 0), 0), 0);
