import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normalCdf, normalQuantile } from '../../../domain/statistics/normal.js';

describe('the normal distribution', () => {
  it.each([
    [-10, 7.61985302416047e-24],
    [-5, 2.8665157187919391e-7],
    [-1.959963984540054, 0.025],
    [0, 0.5],
    [1, 0.84134474606854293],
    [6, 0.9999999990134123],
  ])('has the probability of z = %d', (z, probability) => {
    expect(Math.abs(normalCdf(z) / probability - 1)).toBeLessThan(1e-8);
  });

  it('is inverted by its quantile', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-12, max: 1 - 1e-12, noNaN: true }), (probability) => {
        expect(normalCdf(normalQuantile(probability))).toBeCloseTo(probability, 12);
      }),
    );
    expect([normalQuantile(0), normalQuantile(1)]).toEqual([-Infinity, Infinity]);
  });
});
