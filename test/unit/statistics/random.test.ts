import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededRandom, shuffle } from '../../../domain/statistics/random.js';

describe('seeded random numbers', () => {
  it('repeats its stream for the same seed and differs for another', () => {
    const stream = (seed: number | string): number[] => Array.from({ length: 8 }, seededRandom(seed).uniform);
    expect(stream(7)).toEqual(stream(7));
    expect(stream('nightly')).toEqual(stream('nightly'));
    expect(stream(7)).not.toEqual(stream(8));
  });

  it('keeps its first numbers, because stored intervals rest on them', () => {
    const { integer } = seededRandom(1);
    expect(Array.from({ length: 5 }, () => integer(1_000_000))).toMatchInlineSnapshot(`
      [
        91569,
        506197,
        888192,
        487255,
        434270,
      ]
    `);
  });

  it('fills [0, 1) evenly', () => {
    const { uniform } = seededRandom('even');
    const bins = new Int32Array(20);
    for (let draw = 0; draw < 100_000; draw++) bins[Math.floor(uniform() * 20)]! += 1;
    const chiSquare = bins.reduce((sum, count) => sum + (count - 5000) ** 2 / 5000, 0);
    expect(chiSquare).toBeLessThan(43.8); // The 99.9 % quantile at 19 degrees of freedom.
  });

  it('stays below the bound and shuffles without loss', () => {
    fc.assert(
      fc.property(fc.integer(), fc.array(fc.string(), { minLength: 1 }), (seed, items) => {
        const random = seededRandom(seed);
        expect(random.integer(items.length)).toBeLessThan(items.length);
        expect(shuffle(items, random).sort()).toEqual(items.toSorted());
      }),
    );
  });
});
