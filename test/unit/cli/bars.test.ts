import { describe, expect, it } from 'vitest';
import { judgeBars } from '../../../cli/demo/bars.js';
import type { ReleaseFacts } from '../../../cli/demo/release-facts.js';
import type { Score } from '../../../cli/demo/summaries.js';
import type { Window } from '../../../cli/demo/windows.js';

const measured = (value: number) => ({ status: 'ok' as const, value, n: 500 });
const score = (candidate: number, difference: Score['difference'] = null): Score => ({
  metric: 'f1-macro',
  candidate: measured(candidate),
  champion: null,
  difference,
});
const facts = (scores: ReleaseFacts['scores']) => ({ scores }) as ReleaseFacts;
const windowWith = (drop: number | null): Window => ({
  versionId: 'email-triage@1',
  items: 0,
  labelled: 500,
  inputDrift: null,
  quality: { measured: measured(0.87), drop: drop === null ? null : measured(drop) },
});
const gained = (difference: number, lower: number) => score(0.8, { difference, interval: [lower, 0.2], n: 500 });

const missed = (past: number, drop: number | null, later: Score): string[] =>
  judgeBars({
    first: facts({ triage: score(past) }),
    second: facts({ 'triage-later': later }),
    windows: [windowWith(drop)],
  })
    .filter(({ isMet }) => !isMet)
    .map(({ name }) => name);

describe('the bars of the demo', () => {
  it('are met by what was expected', () => {
    expect(missed(0.98, 0.1, gained(0.07, 0.05))).toEqual([]);
  });

  it('are missed one by one', () => {
    expect(missed(0.96, 0.1, gained(0.07, 0.05))).toEqual(['past']);
    expect(missed(0.98, 0.04, gained(0.07, 0.05))).toEqual(['drop']);
    expect(missed(0.98, 0.1, gained(0.01, 0.005))).toEqual(['gain']);
    expect(missed(0.98, 0.1, gained(0.07, -0.001))).toEqual(['gain']);
  });

  it('are missed where nothing was measured', () => {
    expect(missed(0.98, null, score(0.8))).toEqual(['drop', 'gain']);
  });
});
