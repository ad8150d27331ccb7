import { describe, expect, it } from 'vitest';
import { resample, type CountedCells } from '../../../domain/statistics/bootstrap.js';
import { guardedDraws, guardedInterval } from '../../../domain/statistics/guarded-bootstrap.js';
import { seededRandom } from '../../../domain/statistics/random.js';

const shareOf = ({ cells, counts }: CountedCells<number>): number => {
  let sum = 0;
  let n = 0;
  cells.forEach((cell, index) => {
    sum += cell * (counts[index] as number);
    n += counts[index] as number;
  });
  return sum / n;
};

/** One-sided 95 % lower bound of a share by the guarded bootstrap. */
function lowerBound(right: number, wrong: number, seed: number): number {
  const counted = { cells: [1, 0], counts: [right, wrong] };
  const draws = guardedDraws({ counted, statistic: shareOf, possible: [1, 0] }, { resamples: 400, seed });
  return guardedInterval(right / (right + wrong), draws, 0.9)[0];
}

describe('resampling', () => {
  it('draws as many items as there are, from the counted cells only', () => {
    const sizes = resample({
      counted: { cells: ['a', 'b', 'c'], counts: [3, 0, 4] },
      statistic: ({ counts }) => (counts[1] as number) * 1000 + (counts[0] as number) + (counts[2] as number),
      resamples: 50,
      random: seededRandom(1),
    });
    expect(new Set(sizes)).toEqual(new Set([7]));
  });

  it('has the variance of a binomial share', () => {
    const drawn = resample({
      counted: { cells: [1, 0], counts: [80, 20] },
      statistic: shareOf,
      resamples: 20_000,
      random: seededRandom(2),
    });
    const variance = drawn.reduce((sum, share) => sum + (share - 0.8) ** 2, 0) / drawn.length;
    expect(variance / (0.16 / 100)).toBeCloseTo(1, 1);
  });
});

describe('guarded bounds', () => {
  it.each([
    [30, 0, 0.905],
    [300, 0, 0.9901],
    [299, 1, 0.9843],
    [290, 10, 0.9444],
    [270, 30, 0.8668],
  ])('lie near the exact bound of Clopper and Pearson for %d right and %d wrong', (right, wrong, exact) => {
    expect(Math.abs(lowerBound(right, wrong, 1) - exact)).toBeLessThan(0.12 * (1 - exact) + 0.001);
  });

  it('miss a true share of 0.98 seldom, also where no error was seen', () => {
    const random = seededRandom('coverage');
    const missesAt = (n: number): number =>
      Array.from({ length: 200 }, (_, run) => {
        const wrong = Array.from({ length: n }, () => random.uniform()).filter((u) => u < 0.02).length;
        return lowerBound(n - wrong, wrong, run) > 0.98;
      }).filter(Boolean).length;
    // 5 % of 200 is 10; 20 is beyond the 99.8 % quantile of binomial(200, 0.05), lattice of small counts included.
    expect(missesAt(50)).toBeLessThanOrEqual(20);
    expect(missesAt(400)).toBeLessThanOrEqual(20);
  });
});
