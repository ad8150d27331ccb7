import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareMetric } from '../../../domain/metrics/compare-metric.js';
import { dropBetween } from '../../../domain/metrics/drop-between.js';
import { measureMetric } from '../../../domain/metrics/measure-metric.js';
import { findMetric, METRICS } from '../../../domain/metrics/metrics.js';
import { anyItems, triageItems } from './scored-items.js';

const options = { metric: 'f1-macro', confidence: 0.95, seed: 7, resamples: 400 };

describe('metrics', () => {
  it('names the metric that was probably meant', () => {
    expect(() => findMetric('f1-marco')).toThrow('Unknown metric "f1-marco". Did you mean "f1-macro"?');
    expect(() => findMetric('toString')).toThrow('Unknown metric "toString". Known metrics: f1-macro, accuracy.');
  });

  it('averages F1 over every class that was expected or answered', () => {
    const items = [
      { id: '1', expected: 'ham', predicted: 'ham' },
      { id: '2', expected: 'spam', predicted: 'none of these' },
    ];
    expect(METRICS['f1-macro'].fromItems(items)).toEqual({ status: 'ok', value: 1 / 3, n: 2 });
    expect(METRICS.accuracy.fromItems(items)).toEqual({ status: 'ok', value: 0.5, n: 2 });
  });
});

describe('measuring', () => {
  it('says unmeasured without items, never NaN', () => {
    expect(measureMetric({ ...options, items: [] }).status).toBe('unmeasured');
    expect(dropBetween({ ...options, before: triageItems(9, 1, 1), after: [] }).status).toBe('unmeasured');
  });

  it('gives finite intervals around the value, whatever the items', () => {
    fc.assert(
      fc.property(anyItems(1), fc.constantFrom('f1-macro', 'accuracy'), (items, metric) => {
        const measured = measureMetric({ ...options, resamples: 50, metric, items });
        if (measured.status !== 'ok' || measured.interval === undefined)
          throw new Error('The items were not measured.');
        const [low, high] = measured.interval;
        expect(0 <= low && low <= measured.value && measured.value <= high && high <= 1).toBe(true);
      }),
    );
  });

  it('does not depend on the order of the items', () => {
    const items = triageItems(80, 0.9, 1);
    expect(measureMetric({ ...options, items: items.toReversed() })).toEqual(measureMetric({ ...options, items }));
  });

  it('does not call a few right answers certain', () => {
    const measured = measureMetric({ ...options, items: triageItems(3, 1, 1) });
    expect(measured).toMatchObject({ status: 'ok', value: 1 });
    expect(measured.status === 'ok' && measured.interval?.[0]).toBeLessThan(0.5);
  });

  it('refuses a confidence that is not a share', () => {
    for (const confidence of [0, 1, 95, Number.NaN]) {
      expect(() => measureMetric({ ...options, confidence, items: triageItems(9, 1, 1) })).toThrow(
        'is not between 0 and 1',
      );
    }
  });

  it('resamples 3,000 items 2,000 times in well under a second', () => {
    const items = triageItems(3000, 0.95, 1);
    const started = process.cpuUsage();
    measureMetric({ ...options, resamples: 2000, items });
    expect(process.cpuUsage(started).user).toBeLessThan(1_000_000); // Microseconds of this process alone.
  });
});

describe('comparing', () => {
  it('turns around when the two models change places', () => {
    const [candidate, champion] = [triageItems(200, 0.95, 1), triageItems(200, 0.85, 2)];
    const forth = compareMetric({ ...options, candidate, champion });
    const back = compareMetric({ ...options, candidate: champion, champion: candidate });
    expect(back.difference).toBe(-forth.difference);
    expect(back.discordant).toBe(forth.discordant);
    expect(-back.interval[1]).toBeCloseTo(forth.interval[0], 1);
  });

  it('is narrower than the unpaired interval where both models find the same items hard', () => {
    const champion = triageItems(400, 0.8, 1);
    const candidate = champion.map((item, index) => (index < 12 ? { ...item, predicted: item.expected } : item));
    const compared = compareMetric({ ...options, candidate, champion });
    const drop = dropBetween({ ...options, before: candidate, after: champion });
    const width = ([low, high]: [number, number]): number => high - low;
    expect(drop.status === 'ok' && drop.interval && width(compared.interval) < width(drop.interval) / 3).toBe(true);
  });

  it('has the discordance rate as the variance of the accuracy of equal models', () => {
    const champion = triageItems(600, 0.9, 1);
    const candidate = triageItems(600, 0.9, 2);
    const compared = compareMetric({ ...options, metric: 'accuracy', resamples: 2000, candidate, champion });
    expect(compared.variancePerItem).toBeCloseTo(compared.discordant / 600, 1);
  });

  it('refuses items that are not paired', () => {
    const champion = triageItems(10, 0.9, 1);
    expect(() => compareMetric({ ...options, candidate: champion.toReversed(), champion })).toThrow('at position 0');
    expect(() => compareMetric({ ...options, candidate: champion.slice(0, 9), champion })).toThrow('at position 9');
    expect(() => compareMetric({ ...options, candidate: [], champion: [] })).toThrow('no items');
  });
});

describe('a drop between two sets of items', () => {
  it('is positive where the later set is answered worse, with an interval above zero', () => {
    const drop = dropBetween({ ...options, before: triageItems(300, 0.98, 1), after: triageItems(500, 0.87, 2) });
    if (drop.status !== 'ok' || drop.interval === undefined) throw new Error('The drop was not measured.');
    expect(drop.value).toBeGreaterThan(0.05);
    expect(drop.interval[0]).toBeGreaterThan(0);
    expect(drop.n).toBe(800);
  });
});
