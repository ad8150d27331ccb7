import type { DataRecord } from '../data-record.js';
import type { CurateStep } from '../lifecycle-file/plan.js';
import { unusedRecord } from './dedupe.js';
import { groupBy } from './group-by.js';
import { compareIdentity, compareTime } from './parsed-record.js';
import { groupKey, splitByGroup, type Part } from './split-by-group.js';
import type { UnusedReason, UnusedRecord } from './unused-record.js';

type SplitStep = Extract<CurateStep, { step: 'split' }>;
type TimeSplit = Extract<SplitStep, { by: 'time' }>;
type Placed = Map<DataRecord, Part>;

export interface SplitData {
  /** By name, `train`, `validation` or `test/<source id>`, each by (source, path). Empty ones are left out. */
  splits: Record<string, DataRecord[]>;
  unused: UnusedRecord[];
}

/**
 * Splits every source by its step, then sees to it that no group stands on two sides: a record of train or validation
 * whose group is tested anywhere is left out, and so is one of train whose group validates.
 */
export function split(records: readonly DataRecord[], steps: readonly SplitStep[]): SplitData {
  const placed: Placed = new Map();
  const unused: UnusedRecord[] = [];
  for (const [source, members] of groupBy(records, (record) => record.source)) {
    const given = splitSource(
      members,
      steps.find((step) => step.source === source),
    );
    for (const record of members) {
      const part = given.get(record);
      if (part === undefined) unused.push(unusedRecord(record, whyNotPlaced(record, source, steps)));
      else placed.set(record, part);
    }
  }
  const astride = findAstride(placed);
  for (const [record, reason] of astride) {
    placed.delete(record);
    unused.push(unusedRecord(record, reason));
  }
  return { splits: namedSplits(placed), unused };
}

function splitSource(records: readonly DataRecord[], step: SplitStep | undefined): Placed {
  if (step === undefined) return new Map();
  return step.by === 'group' ? splitByGroup(records, step) : splitByTime(records, step);
}

/** The oldest records train, the others test; a record without a time is in neither. */
function splitByTime(records: readonly DataRecord[], { train, test }: TimeSplit): Placed {
  const dated = records.filter((record) => record.at !== null).sort(compareTime);
  const boundary = Math.round((dated.length * train) / (train + test));
  return new Map(dated.map((record, index) => [record, index < boundary ? 'train' : 'test']));
}

const whyNotPlaced = (record: DataRecord, source: string, steps: readonly SplitStep[]): UnusedReason =>
  record.at === null && steps.some((step) => step.source === source) ? 'split.no-time' : 'split.not-asked';

function findAstride(placed: Placed): Map<DataRecord, UnusedReason> {
  const groupsOf = (part: Part) =>
    new Set([...placed].filter(([, p]) => p === part).map(([record]) => groupKey(record)));
  const [tested, validated] = [groupsOf('test'), groupsOf('validation')];
  const astride = new Map<DataRecord, UnusedReason>();
  for (const [record, part] of placed) {
    if (part !== 'test' && tested.has(groupKey(record))) astride.set(record, 'split.group-in-test');
    else if (part === 'train' && validated.has(groupKey(record))) astride.set(record, 'split.group-in-validation');
  }
  return astride;
}

function namedSplits(placed: Placed): Record<string, DataRecord[]> {
  const named = groupBy(
    [...placed].sort(([a], [b]) => compareIdentity(a, b)),
    ([record, part]) => (part === 'test' ? `test/${record.source}` : part),
  );
  return Object.fromEntries([...named].map(([name, entries]) => [name, entries.map(([record]) => record)]));
}
