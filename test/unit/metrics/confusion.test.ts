import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { classScoresOf } from '../../../domain/metrics/classification.js';
import { confusionOf, mergeConfusions } from '../../../domain/metrics/confusion.js';
import { anyItems } from './scored-items.js';

describe('a confusion', () => {
  it('is the same merged from shards as counted at once, in any order', () => {
    fc.assert(
      fc.property(anyItems(), anyItems(), (first, second) => {
        const merged = mergeConfusions(confusionOf(first), confusionOf(second));
        expect(merged).toEqual(confusionOf([...second, ...first]));
      }),
    );
  });

  it('gives an answer outside the labels a class of its own without support', () => {
    const scores = classScoresOf(confusionOf([{ expected: 'ham', predicted: 'I think it is ham.' }]));
    expect(scores).toEqual([
      { label: 'I think it is ham.', precision: 0, recall: 0, f1: 0, support: 0 },
      { label: 'ham', precision: 0, recall: 0, f1: 0, support: 1 },
    ]);
  });
});
