import type { DataRecord } from '../data-record.js';
import { LifecycleError } from '../kernel/errors.js';
import type { CurateStep, SourceSpec } from '../lifecycle-file/plan.js';
import { unusedRecord, withoutExactDuplicates, withoutLabelConflicts } from './dedupe.js';
import { labelOf, type FeedbackLabels } from './label.js';
import { compareIdentity, type ParsedRecord } from './parsed-record.js';
import { whyOutside } from './period.js';
import { split } from './split.js';
import type { UnusedReason, UnusedRecord } from './unused-record.js';

export interface CurateInput {
  sources: readonly Pick<SourceSpec, 'id' | 'period' | 'labels'>[];
  steps: readonly CurateStep[];
  /** Of all sources, in any order. */
  records: readonly ParsedRecord[];
  /** For sources whose labels are `by: feedback`, by source id. */
  feedback?: Readonly<Record<string, FeedbackLabels>>;
}

export interface CuratedData {
  /** By name, `train`, `validation` or `test/<source id>`, each by (source, path). */
  splits: Record<string, DataRecord[]>;
  /** Every record that stands in no split, with the reason, by (source, path). */
  unused: UnusedRecord[];
  counts: { read: number; used: number; unused: Partial<Record<UnusedReason, number>> };
}

/**
 * From parsed records to splits: broken ones out, period, label, contradicting labels, exact duplicates, split. Each
 * record ends in one split or, with a reason, in `unused`. The result does not depend on the order of the input.
 * @throws LifecycleError INVALID_INPUT for a record of an unknown source, or two records under one path of a source.
 */
export function curate({ sources, steps, records, feedback = {} }: CurateInput): CuratedData {
  const ordered = records.toSorted(compareIdentity);
  refuseRepeatedPaths(ordered);
  const specs = new Map(sources.map((source) => [source.id, source]));
  const labelled: DataRecord[] = [];
  const notSelected: UnusedRecord[] = [];
  for (const record of ordered) {
    const result = select(record, specOf(specs, record), feedback[record.source]);
    if (typeof result === 'string') notSelected.push(unusedRecord(record, result));
    else labelled.push(result);
  }
  const agreed = withoutLabelConflicts(labelled);
  const single = steps.some(({ step }) => step === 'dedupe')
    ? withoutExactDuplicates(agreed.kept)
    : { kept: agreed.kept, unused: [] };
  const divided = split(
    single.kept,
    steps.filter((step) => step.step === 'split'),
  );
  const unused = [...notSelected, ...agreed.unused, ...single.unused, ...divided.unused].sort(compareIdentity);
  return {
    splits: divided.splits,
    unused,
    counts: { read: records.length, used: records.length - unused.length, unused: countReasons(unused) },
  };
}

type Spec = CurateInput['sources'][number];

/** The labelled record, or the reason why it is not used. */
function select(record: ParsedRecord, spec: Spec, feedback: FeedbackLabels | undefined): DataRecord | UnusedReason {
  const reason = record.broken ?? whyOutside(spec.period, record);
  if (reason !== null) return reason;
  const label = labelOf(spec.labels, record.path, feedback);
  if (label === null) return 'label.absent';
  const { input, source, path, at, group } = record;
  return { input, label, source, path, at, group };
}

function specOf(specs: ReadonlyMap<string, Spec>, { source, path }: ParsedRecord): Spec {
  const spec = specs.get(source);
  if (spec !== undefined) return spec;
  throw new LifecycleError('INVALID_INPUT', `Record ${path} is of source ${source}, which the plan does not have.`);
}

function refuseRepeatedPaths(ordered: readonly ParsedRecord[]): void {
  const again = ordered.find((record, at) => at > 0 && compareIdentity(ordered[at - 1] as ParsedRecord, record) === 0);
  if (again === undefined) return;
  throw new LifecycleError('INVALID_INPUT', `Source ${again.source} has two records under ${again.path}.`);
}

function countReasons(unused: readonly UnusedRecord[]): Partial<Record<UnusedReason, number>> {
  const counts: Partial<Record<UnusedReason, number>> = {};
  for (const { reason } of unused) counts[reason] = (counts[reason] ?? 0) + 1;
  return counts;
}
