import { shuffle, type Random } from '../statistics/random.js';

/** An item as the distinct indexes of its features, and whether it is of the class looked for. */
export interface SparseExample {
  features: Uint16Array;
  isPositive: boolean;
}

/** Log-odds that an item is positive. */
export type SparseScorer = (features: Uint16Array) => number;

const EPOCHS = 5;

/** Weight decay of a feature each time it is seen: rare words would else be learned by heart. */
const DECAY = 1e-2;

/**
 * Logistic regression on binary features, each item scaled to length 1, by stochastic gradient descent over a few
 * shuffled epochs whose steps shrink as 1 / epoch. Deterministic for a random stream; both classes weigh the same.
 */
export function trainLogisticRegression(
  examples: readonly SparseExample[],
  options: { features: number; random: Random },
): SparseScorer {
  const weights = new Float64Array(options.features);
  const score: SparseScorer = (features) => sumAt(weights, features) * scaleOf(features);
  const positives = examples.filter(({ isPositive }) => isPositive).length;
  const weightOf = (isPositive: boolean): number =>
    examples.length / (2 * (isPositive ? positives : examples.length - positives));
  for (let epoch = 1; epoch <= EPOCHS; epoch++) {
    for (const { features, isPositive } of shuffle(examples, options.random)) {
      const error = (isPositive ? 1 : 0) - 1 / (1 + Math.exp(-score(features)));
      const slope = weightOf(isPositive) * error * scaleOf(features);
      for (const feature of features) {
        const weight = weights[feature] as number;
        weights[feature] = weight + (slope - DECAY * weight) / epoch;
      }
    }
  }
  return score;
}

const scaleOf = (features: Uint16Array): number => 1 / Math.sqrt(Math.max(1, features.length));

function sumAt(weights: Float64Array, features: Uint16Array): number {
  let sum = 0;
  for (const feature of features) sum += weights[feature] as number;
  return sum;
}
