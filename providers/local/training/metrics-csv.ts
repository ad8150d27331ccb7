import type { TrainingStep } from '../linear-ngram/train.js';

/** The steps of a job as the `step_metrics.csv` of OpenAI: `step,train_loss,valid_loss`. */
export function metricsCsv(steps: readonly TrainingStep[]): string {
  const rows = steps.map(({ step, loss, validationLoss }) => [step, loss, validationLoss ?? ''].join(','));
  return `${['step,train_loss,valid_loss', ...rows].join('\n')}\n`;
}
