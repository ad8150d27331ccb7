import { describe, expect, it } from 'vitest';
import { bcaInterval } from '../../../domain/statistics/bca.js';
import { percentileInterval, resample, type CountedCells } from '../../../domain/statistics/bootstrap.js';
import { quantileOfSorted } from '../../../domain/statistics/quantile.js';
import type { Random } from '../../../domain/statistics/random.js';
import { isClose, readCases } from '../read-cases.js';

/**
 * The reference adds numbers in the order drawn, so that six resamples that only reorder the data come out 1e-16 below
 * the estimate, and BCa's bias correction counts them as lower. Here equal counts have equal sums.
 */
const ROUNDED_BELOW_ITSELF = 'bootstrap-0003';

type Params = { stat: string; resamples: number; seed: number; method: string; confidence: number };
type Answer = { estimate: number; lo: number; hi: number };

const single = readCases<{ x: number[] }, Params, Answer>('bootstrap').filter(
  ({ id, metric, params, tags }) =>
    metric === 'bootstrap_ci' &&
    ['percentile', 'bca'].includes(params.method) &&
    !tags.includes('nan') &&
    id !== ROUNDED_BELOW_ITSELF,
);
const paired = readCases<{ champion: number[]; challenger: number[] }, Params, Answer>('bootstrap').filter(
  ({ metric, tags }) => metric === 'paired_bootstrap_diff' && !tags.includes('error'),
);

describe('bootstrap intervals against numpy and scipy, with the reference cases’ own random stream', () => {
  it('has the cases', () => {
    expect([single.length, paired.length]).toEqual([16, 7]);
  });

  it.each(single)('$id agrees ($params.method of $params.stat)', ({ input, params, expected, tol }) => {
    const { estimate, drawn } = bootstrapOf(input.x, params);
    const jackknife = input.x.map((_, without) => statisticOf(params.stat, input.x.toSpliced(without, 1)));
    const bca = bcaInterval({ estimate, drawn, jackknife, confidence: params.confidence });
    const interval = params.method === 'bca' ? bca : percentileInterval(drawn, params.confidence);
    expect(isClose(estimate, expected.estimate, tol)).toBe(true);
    expect(interval?.map((end, index) => isClose(end, index === 0 ? expected.lo : expected.hi, tol))).toEqual([true, true]);
  });

  it.each(paired)('$id agrees (paired difference)', ({ input, params, expected, tol }) => {
    const differences = input.challenger.map((value, index) => value - (input.champion[index] ?? Number.NaN));
    const { estimate, drawn } = bootstrapOf(differences, { ...params, stat: 'mean' });
    const [low, high] = percentileInterval(drawn, params.confidence);
    expect(isClose(estimate, expected.estimate, tol)).toBe(true);
    expect([isClose(low, expected.lo, tol), isClose(high, expected.hi, tol)]).toEqual([true, true]);
  });

  it('gives no interval where the statistic does not vary', () => {
    const drawn = Float64Array.of(1, 1, 1);
    expect(bcaInterval({ estimate: 1, drawn, jackknife: [1, 1, 1], confidence: 0.95 })).toBeNull();
  });
});

function bootstrapOf(values: number[], params: Params): { estimate: number; drawn: Float64Array } {
  const statistic = ({ cells, counts }: CountedCells<number>): number =>
    statisticOf(params.stat, Array.from(counts).flatMap((count, cell) => Array<number>(count).fill(cells[cell] ?? 0)));
  const counted = { cells: values, counts: values.map(() => 1) };
  const drawn = resample({ counted, statistic, resamples: params.resamples, random: mulberry32(params.seed) });
  return { estimate: statistic(counted), drawn };
}

function statisticOf(name: string, values: number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const ascending = values.toSorted((a, b) => a - b);
  if (name === 'mean') return mean;
  if (name === 'median') return quantileOfSorted(ascending, 0.5);
  if (name === 'p90') return quantileOfSorted(ascending, 0.9);
  if (name === 'std') return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1));
  throw new Error(`The reference cases have no statistic '${name}'.`);
}

/** The generator that the reference cases were made with. */
function mulberry32(seed: number): Random {
  let state = seed | 0;
  const uniform = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return { uniform, integer: (below) => Math.floor(uniform() * below) };
}
