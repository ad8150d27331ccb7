import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BUCKETS, countTokens, featurize } from '../../providers/local/linear-ngram/features.js';
import { predict } from '../../providers/local/linear-ngram/predict.js';
import { DEFAULT_HYPERPARAMETERS, trainLinearNgram } from '../../providers/local/linear-ngram/train.js';
import type { LabelledVector, TrainingStep } from '../../providers/local/linear-ngram/train.js';
import { encodeWeights } from '../../providers/local/linear-ngram/weights.js';
import { toyMail } from '../support/toy-mails.js';

const vectors = (from: number, to: number): LabelledVector[] =>
  Array.from({ length: to - from }, (_, at) => {
    const { text, label } = toyMail(from + at);
    return { features: featurize(text), label };
  });

function train(training: LabelledVector[], validation: LabelledVector[] = [], seed = 7) {
  const run = trainLinearNgram({ training, validation, seed, hyperparameters: DEFAULT_HYPERPARAMETERS });
  const steps: TrainingStep[] = [];
  for (let next = run.next(); ; next = run.next()) {
    if (next.done === true) return { weights: next.value, steps };
    steps.push(next.value);
  }
}

describe('features', () => {
  it('counts words, numbers and single signs as tokens', () => {
    expect(countTokens('Win $100 NOW!! Über-größe, 3pm')).toBe(9);
    expect(countTokens(' \n\t.,;- ')).toBe(0);
  });

  it('does not tell upper from lower case, nor one separator from another', () => {
    expect(featurize('Free  PRIZE')).toEqual(featurize('free-prize'));
  });

  it('tells the order of words', () => {
    expect(featurize('a b').indices).not.toEqual(featurize('b a').indices);
  });

  it('gives ascending buckets and a vector of length one for any text with a token', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (text) => {
        const { indices, values, tokens } = featurize(text);
        const length = Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));
        expect(length).toBeCloseTo(tokens === 0 ? 0 : 1, 5);
        indices.forEach((bucket, at) => {
          expect(bucket).toBeLessThan(BUCKETS);
          if (at > 0) expect(bucket).toBeGreaterThan(indices[at - 1] ?? Infinity);
        });
      }),
    );
  });
});

describe('training', () => {
  it('learns to tell a separable set apart', () => {
    const { weights } = train(vectors(0, 200));
    const wrong = Array.from({ length: 100 }, (_, at) => toyMail(1000 + at)).filter(
      ({ text, label }) => predict(weights, text).label !== label,
    );
    expect(wrong).toEqual([]);
  });

  it('lowers the training and the validation loss', () => {
    const { steps } = train(vectors(0, 200), vectors(1000, 1050));
    const held = steps.flatMap(({ validationLoss }) => (validationLoss === undefined ? [] : [validationLoss]));
    expect(steps[0]?.loss).toBeGreaterThan(2 * (steps.at(-1)?.loss ?? Infinity));
    expect(held).toHaveLength(DEFAULT_HYPERPARAMETERS.epochs);
    expect(held.at(-1)).toBeLessThan(held[0] ?? 0);
    expect(steps.at(-1)?.step).toBe(200 * DEFAULT_HYPERPARAMETERS.epochs);
  });

  it('gives the same bytes for the same seed, and others for another seed', () => {
    const bytes = (seed: number) => encodeWeights(train(vectors(0, 60), [], seed).weights);
    expect(bytes(1).equals(bytes(1))).toBe(true);
    expect(bytes(1).equals(bytes(2))).toBe(false);
  });

  it('is not changed by validation data', () => {
    const alone = encodeWeights(train(vectors(0, 60)).weights);
    expect(encodeWeights(train(vectors(0, 60), vectors(100, 120)).weights).equals(alone)).toBe(true);
  });

  it('learns more than two answers, rare ones too', () => {
    const rare = Array.from({ length: 6 }, (_, at) => ({
      features: featurize(`invoice ${at} overdue payment reminder ledger`),
      label: 'billing',
    }));
    const { weights } = train([...vectors(0, 100), ...rare]);
    expect(weights.labels).toEqual(['billing', 'ham', 'spam']);
    expect(predict(weights, 'the overdue invoice and payment').label).toBe('billing');
  });
});

describe('prediction', () => {
  it('answers an empty text', () => {
    const { weights } = train(vectors(0, 20));
    expect(predict(weights, '')).toMatchObject({ tokens: 0, label: expect.stringMatching(/^(ham|spam)$/) });
  });

  it('gives probabilities between 0 and 1 for any text', () => {
    const { weights } = train(vectors(0, 40));
    fc.assert(
      fc.property(fc.string({ maxLength: 200 }), (text) => {
        const { probability } = predict(weights, text);
        expect(probability).toBeGreaterThanOrEqual(0.5);
        expect(probability).toBeLessThanOrEqual(1);
      }),
    );
  });
});
