import { describe, expect, it } from 'vitest';
import { servingPeriods, type Move } from '../../../domain/checklist/serving-periods.js';

const move = (revision: number, shares: Record<string, number>, champion: string): Move => ({
  alias: 'mail',
  revision,
  routes: Object.entries(shares).map(([versionId, weight]) => ({ versionId, weight })),
  champion,
  requestId: `request-${revision}`,
  at: `2026-01-0${revision}T00:00:00.000Z`,
});
const MOVES = [
  move(1, { a: 100 }, 'a'),
  move(2, { b: 5, a: 95 }, 'a'),
  move(3, { b: 100 }, 'b'),
  move(4, { a: 100 }, 'a'),
];

describe('the times in which a version was served', () => {
  it('are without a break, and open where it is served now', () => {
    expect(servingPeriods(MOVES.toReversed(), 'a')).toMatchObject([
      { from: '2026-01-01T00:00:00.000Z', until: '2026-01-03T00:00:00.000Z', weight: 95, revision: 2 },
      { from: '2026-01-04T00:00:00.000Z', until: null, weight: 100, isChampion: true, requestId: 'request-4' },
    ]);
    expect(servingPeriods(MOVES, 'b')).toMatchObject([
      { from: '2026-01-02T00:00:00.000Z', until: '2026-01-04T00:00:00.000Z', weight: 100, isChampion: true },
    ]);
  });

  it('are none for a version that no alias ever pointed at', () => {
    expect(servingPeriods(MOVES, 'c')).toEqual([]);
  });
});
