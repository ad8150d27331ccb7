import * as fc from 'fast-check';
import type { ScoredItem } from '../../../domain/metrics/scored-item.js';
import { seededRandom } from '../../../domain/statistics/random.js';

/** `n` items of two classes, a third of them spam, of which about `accuracy` are answered rightly. */
export function triageItems(n: number, accuracy: number, seed: number | string): ScoredItem[] {
  const { uniform } = seededRandom(seed);
  return Array.from({ length: n }, (_, index) => {
    const expected = index % 3 === 0 ? 'spam' : 'ham';
    const other = expected === 'spam' ? 'ham' : 'spam';
    return { id: `mail-${index}`, expected, predicted: uniform() < accuracy ? expected : other };
  });
}

const label = fc.constantFrom('ham', 'spam', 'list');

/** Lists of items with three labels and now and then an answer outside them. */
export const anyItems = (minLength = 0): fc.Arbitrary<ScoredItem[]> =>
  fc
    .array(fc.record({ expected: label, predicted: fc.oneof({ weight: 9, arbitrary: label }, fc.constant('?')) }), {
      minLength,
      maxLength: 40,
    })
    .map((answers) => answers.map((answer, index) => ({ id: `item-${index}`, ...answer })));
