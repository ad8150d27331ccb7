import { BUCKETS, type FeatureVector } from './features.js';
import { scoresOf, softmax } from './predict.js';
import { seededShuffle } from './shuffle.js';
import type { LinearNgramWeights } from './weights.js';

export interface LabelledVector {
  features: FeatureVector;
  label: string;
}

export interface Hyperparameters {
  epochs: number;
  learningRate: number;
}

export const DEFAULT_HYPERPARAMETERS: Hyperparameters = { epochs: 5, learningRate: 0.3 };

/** Progress: `step` counts updates (one per example), `loss` is the mean cross-entropy since the last report. */
export interface TrainingStep {
  step: number;
  epoch: number;
  loss: number;
  /** At the end of an epoch, where there is validation data. */
  validationLoss?: number;
}

interface TrainingInput {
  training: readonly LabelledVector[];
  validation: readonly LabelledVector[];
  seed: number;
  hyperparameters: Hyperparameters;
}

const UPDATES_PER_REPORT = 64;

/**
 * Multinomial logistic regression by AdaGrad, one example an update, classes weighted to equal mass (AdaGrad: Duchi et
 * al. 2011). A generator, so that whoever drives it decides when to let others run. Same input and seed, same weights.
 */
export function* trainLinearNgram(input: TrainingInput): Generator<TrainingStep, LinearNgramWeights> {
  const { training, validation, seed, hyperparameters } = input;
  const labels = [...new Set(training.map(({ label }) => label))].sort();
  const learner = createLearner(labels, training, hyperparameters.learningRate);
  const shuffle = seededShuffle(seed);
  const order = training.map((_, index) => index);
  let step = 0;
  for (let epoch = 1; epoch <= hyperparameters.epochs; epoch++) {
    shuffle(order);
    let sum = 0;
    let since = 0;
    for (const [position, index] of order.entries()) {
      const example = training[index];
      if (example === undefined) continue;
      sum += learner.update(example);
      step++;
      since++;
      const isLast = position === order.length - 1;
      if (since < UPDATES_PER_REPORT && !isLast) continue;
      const held = isLast && validation.length > 0 ? { validationLoss: meanLoss(learner.weights, validation) } : {};
      yield { step, epoch, loss: sum / since, ...held };
      sum = 0;
      since = 0;
    }
  }
  return learner.weights;
}

function createLearner(labels: string[], training: readonly LabelledVector[], learningRate: number) {
  const classes = labels.length;
  const weights: LinearNgramWeights = {
    labels,
    bias: new Float32Array(classes),
    rows: new Float32Array(classes * BUCKETS),
  };
  const squares = new Float32Array(classes * BUCKETS);
  const biasSquares = new Float32Array(classes);
  const classWeights = balance(labels, training);
  const descend = (values: Float32Array, sums: Float32Array, at: number, gradient: number): void => {
    const sum = (sums[at] ?? 0) + gradient * gradient;
    sums[at] = sum;
    values[at] = (values[at] ?? 0) - (learningRate * gradient) / (Math.sqrt(sum) + 1e-8);
  };
  const update = ({ features, label }: LabelledVector): number => {
    const target = labels.indexOf(label);
    const probabilities = softmax(scoresOf(weights, features));
    for (let k = 0; k < classes; k++) {
      const error = ((probabilities[k] ?? 0) - (k === target ? 1 : 0)) * (classWeights[target] ?? 1);
      if (error === 0) continue;
      descend(weights.bias, biasSquares, k, error);
      for (let i = 0; i < features.indices.length; i++) {
        descend(weights.rows, squares, (features.indices[i] ?? 0) * classes + k, error * (features.values[i] ?? 0));
      }
    }
    return crossEntropy(probabilities[target]);
  };
  return { weights, update };
}

function balance(labels: string[], training: readonly LabelledVector[]): number[] {
  return labels.map((label) => {
    const count = training.filter((example) => example.label === label).length;
    return training.length / (labels.length * count);
  });
}

/** Mean cross-entropy; an answer that the model never saw counts as probability 1e-12. */
function meanLoss(weights: LinearNgramWeights, examples: readonly LabelledVector[]): number {
  let sum = 0;
  for (const { features, label } of examples) {
    sum += crossEntropy(softmax(scoresOf(weights, features))[weights.labels.indexOf(label)]);
  }
  return sum / examples.length;
}

const crossEntropy = (probability: number | undefined): number => -Math.log(Math.max(probability ?? 0, 1e-12));
