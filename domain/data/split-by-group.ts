import type { DataRecord } from '../data-record.js';
import { digestBytes } from '../evidence/canonical.js';
import type { CurateStep } from '../lifecycle-file/plan.js';
import { groupBy } from './group-by.js';
import { compareText } from './parsed-record.js';

export type GroupSplit = Extract<CurateStep, { by: 'group' }>;
export type Part = 'train' | 'validation' | 'test';

interface Group {
  records: DataRecord[];
  order: string;
  strata: Map<string, number>;
}

/**
 * Gives whole groups to the parts so that every label comes near the asked fractions. Larger groups first, equal ones
 * in an order that the seed decides; each goes where, over its labels, the most is still missing in proportion to what
 * the part shall get. The result depends on the set of records and the seed, not on the order of the records.
 */
export function splitByGroup(records: readonly DataRecord[], step: GroupSplit): Map<DataRecord, Part> {
  const groups = groupsOf(records, step);
  const totals = countStrata(groups.flatMap((group) => [...group.strata]));
  const parts = (['train', 'validation', 'test'] as const)
    .filter((name) => step[name] > 0)
    .map((name) => ({ name, share: step[name], filled: new Map<string, number>() }));
  const given = new Map<DataRecord, Part>();
  for (const group of groups) {
    const part = mostWanting(parts, group, totals);
    if (part === undefined) continue;
    part.filled = countStrata([...part.filled, ...group.strata]);
    for (const record of group.records) given.set(record, part.name);
  }
  return given;
}

/** A record's group; one without a group is a group of its own. */
export const groupKey = (record: DataRecord): string => record.group ?? `record:${record.source}\n${record.path}`;

function groupsOf(records: readonly DataRecord[], { seed, stratify }: GroupSplit): Group[] {
  return [...groupBy(records, groupKey)]
    .map(([key, members]) => ({
      records: members,
      order: digestBytes(`${seed}\n${key}`),
      strata: countStrata(members.map((record) => [stratify === null ? '' : record.label, 1])),
    }))
    .sort((a, b) => b.records.length - a.records.length || compareText(a.order, b.order));
}

function countStrata(counts: readonly (readonly [stratum: string, count: number])[]): Map<string, number> {
  const sums = new Map<string, number>();
  for (const [stratum, count] of counts) sums.set(stratum, (sums.get(stratum) ?? 0) + count);
  return sums;
}

interface Filling {
  name: Part;
  share: number;
  filled: Map<string, number>;
}

function mostWanting(parts: Filling[], group: Group, totals: Map<string, number>): Filling | undefined {
  let [best, bestWant] = [parts[0], -Infinity];
  for (const part of parts) {
    const want = wantOf(part, group, totals);
    if (want > bestWant) [best, bestWant] = [part, want];
  }
  return best;
}

/** What the part still lacks of the group's labels, counting half the group as already there, as a share of its due. */
function wantOf(part: Filling, group: Group, totals: Map<string, number>): number {
  let want = 0;
  for (const [stratum, count] of [...group.strata].sort(([a], [b]) => compareText(a, b))) {
    const total = totals.get(stratum) ?? count;
    const due = total * part.share;
    want += (count / total) * ((due - (part.filled.get(stratum) ?? 0) - count / 2) / due);
  }
  return want;
}
