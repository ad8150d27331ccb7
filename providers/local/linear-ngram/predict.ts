import { featurize, type FeatureVector } from './features.js';
import type { LinearNgramWeights } from './weights.js';

export interface Prediction {
  label: string;
  probability: number;
  /** Tokens of the input. */
  tokens: number;
}

/** The likeliest answer to a text; of equal ones the first by name. */
export function predict(weights: LinearNgramWeights, text: string): Prediction {
  const features = featurize(text);
  const probabilities = softmax(scoresOf(weights, features));
  let best = 0;
  for (let k = 1; k < probabilities.length; k++) {
    if ((probabilities[k] ?? 0) > (probabilities[best] ?? 0)) best = k;
  }
  return { label: weights.labels[best] ?? '', probability: probabilities[best] ?? 0, tokens: features.tokens };
}

/** One raw score per label. */
export function scoresOf(weights: LinearNgramWeights, features: FeatureVector): Float64Array {
  const classes = weights.labels.length;
  const scores = Float64Array.from(weights.bias);
  for (let i = 0; i < features.indices.length; i++) {
    const row = (features.indices[i] ?? 0) * classes;
    const value = features.values[i] ?? 0;
    for (let k = 0; k < classes; k++) scores[k] = (scores[k] ?? 0) + value * (weights.rows[row + k] ?? 0);
  }
  return scores;
}

export function softmax(scores: Float64Array): Float64Array {
  const top = Math.max(...scores);
  const powers = scores.map((score) => Math.exp(score - top));
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers.map((power) => power / sum);
}
