import { didYouMean } from '../did-you-mean.js';
import { LifecycleError } from '../kernel/errors.js';
import { classCountsOf, type ClassCounts } from './class-counts.js';
import { accuracyOf, macroF1Of } from './classification.js';
import { confusionOf } from './confusion.js';
import type { Measured } from './measured.js';
import type { ScoredItem } from './scored-item.js';

/** A number about a model on a task. Two values compare only when id and version are equal. */
export interface Metric {
  id: string;
  version: string;
  higherIsBetter: boolean;
  fromItems(items: readonly ScoredItem[]): Measured<number>;
  /** From at least one item. */
  fromClassCounts(counts: ClassCounts): number;
}

export const METRICS = {
  'f1-macro': classificationMetric('f1-macro', macroF1Of),
  accuracy: classificationMetric('accuracy', accuracyOf),
} satisfies Record<string, Metric>;

/** Throws INVALID_INPUT for a name that is not a metric's. */
export function findMetric(name: string): Metric {
  const known: Record<string, Metric> = METRICS;
  const metric = Object.hasOwn(known, name) ? known[name] : undefined;
  if (metric !== undefined) return metric;
  const names = Object.keys(known);
  const hint = didYouMean(name, names) || ` Known metrics: ${names.join(', ')}.`;
  throw new LifecycleError('INVALID_INPUT', `Unknown metric "${name}".${hint}`, { metric: name });
}

function classificationMetric(id: string, fromClassCounts: (counts: ClassCounts) => number): Metric {
  return {
    id,
    version: '1',
    higherIsBetter: true,
    fromClassCounts,
    fromItems(items) {
      if (items.length === 0) return { status: 'unmeasured', reason: 'There are no items to measure.' };
      return { status: 'ok', value: fromClassCounts(classCountsOf(confusionOf(items))), n: items.length };
    },
  };
}
