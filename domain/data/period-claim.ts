import type { PeriodClaim } from '../lifecycle-file/plan.js';
import { compareText, type ParsedRecord } from './parsed-record.js';

export interface JudgedClaim {
  kind: PeriodClaim['kind'];
  statement: string;
  /** `untested` where a side has no dated record. */
  verdict: 'confirmed' | 'contradicted' | 'untested';
  /** Median times of each group's records, ISO 8601 in UTC; null for a group without a dated record. */
  medians: Record<string, string | null>;
}

type Timed = Pick<ParsedRecord, 'path' | 'at' | 'atBasis'>;

/**
 * Holds "these groups were collected later than those" against the records' own times: contradicted unless the median
 * time of the one side is later than that of the other. A group is a folder, or a longer prefix of paths. Times that
 * only a sender wrote do not count.
 */
export function judgePeriodClaim(claim: PeriodClaim, records: readonly Timed[]): JudgedClaim {
  const timesOf = (groups: readonly string[]) =>
    records
      .filter(({ path, atBasis }) => atBasis !== 'date' && groups.some((group) => isUnder(path, group)))
      .flatMap(({ at }) => (at === null ? [] : [at]));
  const [later, earlier] = [median(timesOf(claim.groups)), median(timesOf(claim.than))];
  const names = [...new Set([...claim.groups, ...claim.than])];
  return {
    kind: claim.kind,
    statement: claim.statement,
    verdict: later === null || earlier === null ? 'untested' : later > earlier ? 'confirmed' : 'contradicted',
    medians: Object.fromEntries(names.map((name) => [name, median(timesOf([name]))])),
  };
}

const isUnder = (path: string, group: string): boolean => path.startsWith(group.endsWith('/') ? group : `${group}/`);

/** The lower median: a time that some record has. */
const median = (times: readonly string[]): string | null =>
  times.toSorted(compareText)[Math.floor((times.length - 1) / 2)] ?? null;
