import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { digestOf } from '../../../domain/evidence/canonical.js';
import { gradeRecreation, impossible, type RecreationFacts } from '../../../domain/recreation/grade-recreation.js';

const one = digestOf('one');
const other = digestOf('other');
const measured = (value: number) => ({
  status: 'ok' as const,
  value,
  n: 100,
  interval: [0.9, 0.98] as [number, number],
});

const same: RecreationFacts = {
  datasets: [{ name: 'train', original: one, recreated: one }],
  weights: { original: one, recreated: one },
  answers: [{ task: 'triage', original: one, recreated: one }],
  metrics: [{ task: 'triage', metric: 'f1-macro', original: measured(0.95), recreated: measured(0.95) }],
};
const otherWeights = { original: one, recreated: other };

describe('the grade of a re-creation', () => {
  it('is A where every digest is the same', () => {
    expect(gradeRecreation(same).grade).toBe('A');
  });

  it('is B where the weights differ and every metric lies within the interval of the original', () => {
    const { grade, reasons } = gradeRecreation({ ...same, weights: otherWeights });
    expect(grade).toBe('B');
    expect(reasons).toContain('triage f1-macro is 0.950, within [0.900, 0.980] of the original.');
  });

  it('is at best B where the provider keeps the weights', () => {
    const { grade, reasons } = gradeRecreation({ ...same, weights: { original: null, recreated: null } });
    expect(grade).toBe('B');
    expect(reasons[0]).toMatch(/provider keeps the weights/);
  });

  it('is C where a metric lies outside, and says by how much', () => {
    const metrics = [{ ...same.metrics[0]!, recreated: measured(0.5) }];
    const { grade, reasons } = gradeRecreation({ ...same, weights: otherWeights, metrics });
    expect(grade).toBe('C');
    expect(reasons).toContain('triage f1-macro is 0.500, outside [0.900, 0.980] of the original.');
  });

  it('is C where the data came out differently, whatever the metrics say', () => {
    const { grade, reasons } = gradeRecreation({
      ...same,
      datasets: [{ name: 'train', original: one, recreated: other }],
    });
    expect(grade).toBe('C');
    expect(reasons).toEqual([expect.stringMatching(/^the split train is .*, and was /)]);
  });

  it('is C where a metric that was measured is measured no more', () => {
    const metrics = [{ ...same.metrics[0]!, recreated: { status: 'unmeasured' as const, reason: 'no items' } }];
    expect(gradeRecreation({ ...same, weights: otherWeights, metrics }).grade).toBe('C');
  });

  it('is C where nothing of the original can be compared', () => {
    const metrics = [{ ...same.metrics[0]!, original: { status: 'unmeasured' as const, reason: 'no items' } }];
    expect(gradeRecreation({ ...same, weights: otherWeights, metrics }).grade).toBe('C');
  });

  it('never gets better when a metric moves away from the original', () => {
    const rank = { A: 2, B: 1, C: 0 };
    const gradeAt = (value: number): number =>
      rank[
        gradeRecreation({
          ...same,
          weights: otherWeights,
          metrics: [{ ...same.metrics[0]!, recreated: measured(value) }],
        }).grade
      ];
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 0.95, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (value, share) => {
          expect(gradeAt(value * share)).toBeLessThanOrEqual(gradeAt(value));
        },
      ),
    );
  });

  it('says what stood against it where it could not be made at all', () => {
    expect(impossible('fine-tune', 'The provider knows no model of this name.')).toEqual({
      grade: 'C',
      reasons: ['It could not be made again: fine-tune: The provider knows no model of this name.'],
    });
  });
});
