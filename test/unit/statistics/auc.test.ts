import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  aucInterval,
  aucOf,
  aucPValue,
  deLongVariance,
  detectableAuc,
  hanleyMcNeilVariance,
} from '../../../domain/statistics/auc.js';
import { normalQuantile } from '../../../domain/statistics/normal.js';
import { seededRandom } from '../../../domain/statistics/random.js';

const scores = fc.array(fc.integer({ min: 0, max: 6 }), { minLength: 2, maxLength: 25 });
const samples = fc.record({ positive: scores, negative: scores });

const kernel = (x: number, y: number): number => (x > y ? 1 : x === y ? 0.5 : 0);
const meanOf = (values: number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
const varianceOf = (values: number[]): number =>
  values.reduce((sum, value) => sum + (value - meanOf(values)) ** 2, 0) / (values.length - 1);

describe('the area under the ROC curve', () => {
  it('is the share of pairs in the right order, ties counting half, with DeLong’s variance of the two margins', () => {
    fc.assert(
      fc.property(samples, ({ positive, negative }) => {
        const ofPositives = positive.map((x) => meanOf(negative.map((y) => kernel(x, y))));
        const ofNegatives = negative.map((y) => meanOf(positive.map((x) => kernel(x, y))));
        const variance = varianceOf(ofPositives) / positive.length + varianceOf(ofNegatives) / negative.length;
        expect(aucOf({ positive, negative })).toBeCloseTo(meanOf(ofPositives), 10);
        expect(deLongVariance({ positive, negative })).toBeCloseTo(variance, 10);
      }),
    );
  });

  it('has an interval around it inside [0, 1] and a p-value below a half only above 0.5', () => {
    fc.assert(
      fc.property(samples, ({ positive, negative }) => {
        const auc = aucOf({ positive, negative });
        const [low, high] = aucInterval({ positive, negative }, 0.95);
        expect(0 <= low && low <= auc && auc <= high && high <= 1).toBe(true);
        const pValue = aucPValue({ positive, negative });
        expect(pValue >= 0 && pValue <= 1 && (pValue >= 0.5 || auc > 0.5)).toBe(true);
      }),
    );
  });

  it('tests by the normal approximation corrected for ties', () => {
    const positive = [3, 4, 4, 5, 7, 8, 9];
    const negative = [1, 2, 4, 4, 5, 6];
    expect(aucPValue({ positive, negative })).toBeCloseTo(0.08408220541854129, 9);
    expect(aucPValue({ positive: [1, 1], negative: [1, 1] })).toBe(1);
  });

  it('does not call complete separation certain', () => {
    const apart = { positive: [7, 8, 9, 10, 11], negative: [1, 2, 3, 4, 5, 6] };
    const [low, high] = aucInterval(apart, 0.95);
    expect(high).toBe(1);
    expect(low).toBeGreaterThan(0.5);
    expect(low).toBeLessThan(0.9);
    const [lowest, below] = aucInterval({ positive: apart.negative, negative: apart.positive }, 0.95);
    expect([lowest, below < 0.5]).toEqual([0, true]);
  });
});

describe('the smallest AUC that would have been found', () => {
  it('falls with the number of items', () => {
    const at = (items: number): number =>
      detectableAuc({ positives: items, negatives: items, confidence: 0.95, power: 0.8 });
    expect(hanleyMcNeilVariance(0.5, 10, 20)).toBeCloseTo(31 / (12 * 200), 12);
    expect(at(25)).toBeGreaterThan(at(100));
    expect(at(1000)).toBeLessThan(0.54);
  });

  it('is found about four times out of five', () => {
    const auc = detectableAuc({ positives: 40, negatives: 80, confidence: 0.95, power: 0.8 });
    const shift = Math.SQRT2 * normalQuantile(auc);
    const random = seededRandom('power');
    const draw = (n: number, mean: number): number[] =>
      Array.from({ length: n }, () => mean + normalQuantile(random.uniform() + 2 ** -33));
    const found = Array.from({ length: 400 }, () =>
      aucPValue({ positive: draw(40, shift), negative: draw(80, 0) }),
    ).filter((pValue) => pValue < 0.05);
    expect(found.length / 400).toBeGreaterThan(0.74);
    expect(found.length / 400).toBeLessThan(0.86);
  });
});
