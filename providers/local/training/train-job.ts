import { setImmediate } from 'node:timers/promises';
import { trainLinearNgram, type LabelledVector, type TrainingStep } from '../linear-ngram/train.js';
import { encodeWeights } from '../linear-ngram/weights.js';
import { modelName } from '../model-name.js';
import type { EventLog } from '../store/event-log.js';
import type { FileStore } from '../store/file-store.js';
import type { Job } from '../store/job-store.js';
import { metricsCsv } from './metrics-csv.js';
import { assertLearnable, prepareVectors } from './prepare.js';

interface TrainedJob {
  fineTunedModel: string;
  weightsFile: string;
  resultFiles: string[];
  trainedTokens: number;
}

/**
 * Trains one job from its start to stored result files. The files' ids follow from the job's, so a second attempt
 * after a kill replaces what the first one left.
 */
export async function trainJob(
  job: Job,
  { files, events }: { files: FileStore; events: EventLog },
  signal: AbortSignal,
): Promise<TrainedJob> {
  const training = await prepareVectors(files.open(job.trainingFile), signal);
  const validation = job.validationFile === null ? [] : await prepareVectors(files.open(job.validationFile), signal);
  assertLearnable(training);
  const { weights, steps } = await runSteps(job, { training, validation }, events, signal);
  const weightsFile = `file-${job.id}-weights`;
  const metricsFile = `file-${job.id}-metrics`;
  await files.put({ id: weightsFile, filename: 'weights.bin', purpose: 'fine-tune-results' }, weights);
  const metrics = { id: metricsFile, filename: 'step_metrics.csv', purpose: 'fine-tune-results' } as const;
  await files.put(metrics, metricsCsv(steps));
  return {
    fineTunedModel: modelName(job.suffix ?? '', weights),
    weightsFile,
    resultFiles: [weightsFile, metricsFile],
    trainedTokens: job.hyperparameters.epochs * training.reduce((sum, { features }) => sum + features.tokens, 0),
  };
}

async function runSteps(
  job: Job,
  data: { training: LabelledVector[]; validation: LabelledVector[] },
  events: EventLog,
  signal: AbortSignal,
): Promise<{ weights: Buffer; steps: TrainingStep[] }> {
  const run = trainLinearNgram({ ...data, seed: job.seed, hyperparameters: job.hyperparameters });
  const steps: TrainingStep[] = [];
  for (let next = run.next(); ; next = run.next()) {
    if (next.done === true) return { weights: encodeWeights(next.value), steps };
    steps.push(next.value);
    await events.append(job.id, { type: 'metrics', ...describeStep(next.value) });
    await setImmediate();
    signal.throwIfAborted();
  }
}

function describeStep({ step, epoch, loss, validationLoss }: TrainingStep) {
  const held = validationLoss === undefined ? {} : { validation_loss: validationLoss };
  return {
    message: `Step ${step}: training loss=${loss.toFixed(4)}`,
    data: { step, epoch, loss, ...held } as Record<string, number>,
  };
}
