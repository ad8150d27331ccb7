import { LifecycleError } from '../kernel/errors.js';
import type { CuratedData } from './curate.js';

const MOST_REASONS = 5;

/**
 * Refuses to train on nothing, or on one answer alone: nothing can be learned there, and a provider would say so only
 * after it was asked for a job.
 * @throws LifecycleError INVALID_INPUT
 */
export function requireLearnable({ splits, counts }: Pick<CuratedData, 'splits' | 'counts'>): void {
  const training = splits['train'] ?? [];
  if (training.length === 0) {
    const message =
      counts.read === 0
        ? 'The sources hold no records. Look at their uri and format.'
        : `No record is left to train on: of ${counts.read} read, ${whyNot(counts)}. Look at the labels, periods and splits of the sources.`;
    throw new LifecycleError('INVALID_INPUT', message, { read: counts.read });
  }
  const labels = new Set(training.map(({ label }) => label));
  if (labels.size > 1) return;
  const message = `All ${training.length} records to train on have one label, '${[...labels].join()}': nothing can be told apart. Look at the labels of the sources.`;
  throw new LifecycleError('INVALID_INPUT', message, { records: training.length });
}

function whyNot({ used, unused }: CuratedData['counts']): string {
  const reasons = Object.entries(unused)
    .toSorted(([, left], [, right]) => right - left)
    .slice(0, MOST_REASONS)
    .map(([reason, count]) => `${count} ${reason}`);
  return [...(used > 0 ? [`${used} are for validation and tests`] : []), ...reasons].join(', ');
}
