import type { DataRecord } from '../data-record.js';
import { groupBy } from './group-by.js';
import { compareTime } from './parsed-record.js';
import type { UnusedRecord } from './unused-record.js';

export interface Kept {
  kept: DataRecord[];
  unused: UnusedRecord[];
}

/** Takes out every record whose input stands with different labels: nobody can say which one is right. */
export function withoutLabelConflicts(records: readonly DataRecord[]): Kept {
  return sortOut(records, (same) => {
    if (new Set(same.map((record) => record.label)).size === 1) return { kept: same, unused: [] };
    return { kept: [], unused: same.map((one) => unusedRecord(one, 'duplicate.label-conflict')) };
  });
}

/** Keeps of equal inputs the earliest by (time, path). */
export function withoutExactDuplicates(records: readonly DataRecord[]): Kept {
  return sortOut(records, (same) => {
    const [first, ...others] = same.toSorted(compareTime) as [DataRecord, ...DataRecord[]];
    const kept = { source: first.source, path: first.path };
    return { kept: [first], unused: others.map((one) => ({ ...unusedRecord(one, 'duplicate.exact'), kept })) };
  });
}

function sortOut(records: readonly DataRecord[], judge: (same: DataRecord[]) => Kept): Kept {
  const byInput = groupBy(records, (record) => record.input);
  const judged = [...byInput.values()].map(judge);
  return { kept: judged.flatMap(({ kept }) => kept), unused: judged.flatMap(({ unused }) => unused) };
}

export const unusedRecord = (
  { source, path }: { source: string; path: string },
  reason: UnusedRecord['reason'],
): UnusedRecord => ({ source, path, reason });
