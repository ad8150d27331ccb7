import type { SourceSpec } from '../lifecycle-file/plan.js';

/** What people said in service, by the record's path. */
export type FeedbackLabels = ReadonlyMap<string, string>;

/** The label of a record: of the first rule whose prefix its path has, or from feedback; null where there is none. */
export function labelOf(
  labels: SourceSpec['labels'],
  path: string,
  feedback: FeedbackLabels | undefined,
): string | null {
  if (labels.by === 'feedback') return feedback?.get(path) ?? null;
  return labels.rules.find((rule) => path.startsWith(rule.prefix))?.label ?? null;
}
