import { describe, expect, it } from 'vitest';
import { compareSlices } from '../../../domain/comparison/compare-slices.js';
import { planChanges } from '../../../domain/comparison/plan-changes.js';
import { worstRegressions } from '../../../domain/comparison/worst-regressions.js';
import type { ScoredItem } from '../../../domain/metrics/scored-item.js';
import { toyPlan } from '../../support/toy-plan.js';

const items = (...rows: [expected: string, predicted: string][]): ScoredItem[] =>
  rows.map(([expected, predicted], index) => ({ id: `item-${index}`, expected, predicted }));

describe('a candidate against a champion', () => {
  it('puts what is no answer at all first, then the label that lost most, and counts what was won', () => {
    const champion = items(['ham', 'ham'], ['spam', 'spam'], ['spam', 'spam'], ['ham', 'ham'], ['ham', 'spam']);
    const candidate = items(['ham', 'spam'], ['spam', 'ham'], ['spam', 'ham'], ['ham', 'as an AI'], ['ham', 'ham']);
    const { lost, won, worst } = worstRegressions(candidate, champion);
    expect({ lost, won }).toEqual({ lost: 4, won: 1 });
    expect(worst.map(({ id }) => id)).toEqual(['item-3', 'item-0', 'item-1', 'item-2']);
  });

  it('shows ten of many, the same ten each time', () => {
    const many = Array.from({ length: 40 }, (): [string, string] => ['ham', 'ham']);
    const champion = items(...many);
    const candidate = champion.map((item) => ({ ...item, predicted: 'spam' }));
    const { lost, worst } = worstRegressions(candidate, champion);
    expect(lost).toBe(40);
    expect(worst).toHaveLength(10);
    expect(worst).toEqual(worstRegressions(candidate, champion).worst);
  });

  it('says of a slice that it got worse only where chance does not explain it', () => {
    const rows = (wrong: number, of: number, label: string): [string, string][] =>
      Array.from({ length: of }, (_, index) => [label, index < wrong ? 'other' : label]);
    const champion = items(...rows(2, 100, 'ham'), ...rows(5, 100, 'spam'));
    const candidate = items(...rows(60, 100, 'ham'), ...rows(6, 100, 'spam'));
    const { slices, more } = compareSlices(candidate, champion);
    expect(more).toBe(0);
    expect(slices.map(({ label, standing, n }) => [label, standing, n])).toEqual([
      ['ham', 'worse', 100],
      ['spam', 'undecided', 100],
    ]);
    expect(slices[0]?.difference).toBeCloseTo(-0.58, 10);
  });

  it('names the settings that differ by the keys that people write, with both values', () => {
    const before = toyPlan();
    const after = toyPlan({ train: null, purpose: 'x'.repeat(500) });
    expect(planChanges(before, before)).toEqual([]);
    const changes = planChanges(before, after);
    expect(changes.map(({ path }) => path)).toEqual(['purpose', 'train']);
    expect(changes[0]?.candidate).toHaveLength(301);
    expect(changes[1]).toMatchObject({ champion: '{"hyperparameters":{"epochs":20},"seed":7}', candidate: null });
  });
});
