import { setImmediate } from 'node:timers/promises';
import { LifecycleError } from '../../../domain/kernel/errors.js';
import { featurize } from '../linear-ngram/features.js';
import type { LabelledVector } from '../linear-ngram/train.js';
import { MAXIMUM_LABELS } from '../linear-ngram/weights.js';
import { readExamples } from './examples.js';

const EXAMPLES_PER_TURN = 8;

/** The vectors of a training file. Lets the server answer every few examples, and stops when `signal` says so. */
export async function prepareVectors(
  content: AsyncIterable<Uint8Array>,
  signal: AbortSignal,
): Promise<LabelledVector[]> {
  const vectors: LabelledVector[] = [];
  for await (const { input, answer } of readExamples(content)) {
    vectors.push({ features: featurize(input), label: answer });
    if (vectors.length % EXAMPLES_PER_TURN === 0) await setImmediate();
    signal.throwIfAborted();
  }
  return vectors;
}

/** @throws LifecycleError INVALID_INPUT when there is nothing to tell apart, or too much. */
export function assertLearnable(training: readonly LabelledVector[]): void {
  const labels = new Set(training.map(({ label }) => label)).size;
  if (labels >= 2 && labels <= MAXIMUM_LABELS) return;
  throw new LifecycleError(
    'INVALID_INPUT',
    `The training file holds ${labels} distinct assistant answers; linear-ngram learns 2 to ${MAXIMUM_LABELS}.`,
    { labels, param: 'training_file', reason: 'invalid_training_file' },
  );
}
