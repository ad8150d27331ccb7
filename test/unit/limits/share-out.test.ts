import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { burstOf, refilled, refillPerSecond } from '../../../domain/limits/provider-limits.js';
import { shareOut, type ProjectDemand, type Turns } from '../../../domain/limits/share-out.js';

const one = { requests: 1, tokens: 0 };
const calls = (project: string, count: number): ProjectDemand => ({
  project,
  calls: Array.from({ length: count }, () => one),
});
const full = (requests: number, underWay = 0) => ({ requests, tokens: 0, underWay });

describe('the bucket of a provider account', () => {
  it('lets no minute see more than it may, whatever the limit', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1_000_000 }), (perMinute) => {
        // A full bucket, all that comes back in the minute and in the second for which a grant may be kept.
        expect(burstOf(perMinute) + refillPerSecond(perMinute) * 61).toBeLessThanOrEqual(perMinute + 1.000001);
        expect(refillPerSecond(perMinute)).toBeGreaterThan(0);
      }),
    );
  });

  it('fills up to its burst and no further, and never runs backwards', () => {
    expect(refilled(600, 0, 3_600)).toBe(burstOf(600));
    expect(refilled(600, 3, -5)).toBe(3);
  });
});

describe('sharing an account out', () => {
  it('serves the project that was served longest ago, one call after the other', () => {
    const shared = shareOut({
      limits: { requestsPerMinute: 600 },
      level: full(5),
      turns: { a: 7, b: 3 },
      mine: [calls('a', 10), calls('b', 10)],
      others: [],
    });
    expect(shared.granted).toEqual({ b: 3, a: 2 });
    expect(shared.level.requests).toBe(0);
  });

  it('leaves what falls to a call that waits at another worker', () => {
    const shared = shareOut({
      limits: { requestsPerMinute: 600 },
      level: full(4),
      turns: {},
      mine: [calls('a', 10)],
      others: [calls('b', 10)],
    });
    expect(shared.granted).toEqual({ a: 2 });
    expect(shared.level.requests).toBe(2);
  });

  it('gives a place only while one is free, and says when to ask again', () => {
    const shared = shareOut({
      limits: { concurrentRequests: 3 },
      level: full(0, 2),
      turns: {},
      mine: [calls('a', 2)],
      others: [],
    });
    expect(shared.granted).toEqual({ a: 1 });
    expect(shared.afterMilliseconds).toBeGreaterThan(0);
  });

  it('begins a call that is larger than a full bucket when the bucket is full, and lets it owe the rest', () => {
    const large = { project: 'a', calls: [{ requests: 1, tokens: 5_000 }] };
    const limits = { tokensPerMinute: 6_000 };
    const asked = { limits, turns: {}, mine: [large], others: [] };
    expect(shareOut({ ...asked, level: { requests: 0, tokens: 99, underWay: 0 } }).granted).toEqual({});
    const shared = shareOut({ ...asked, level: { requests: 0, tokens: 100, underWay: 0 } });
    expect(shared.granted).toEqual({ a: 1 });
    expect(shared.level.tokens).toBe(-4_900);
  });

  it('takes ahead only what nobody waits for', () => {
    const mine = [{ ...calls('a', 1), ahead: 5 }];
    const asked = { limits: { requestsPerMinute: 600 }, turns: {}, mine };
    expect(shareOut({ ...asked, level: full(4), others: [] })).toMatchObject({
      granted: { a: 4 },
      afterMilliseconds: null,
    });
    expect(shareOut({ ...asked, level: full(4), others: [calls('b', 10)] }).granted).toEqual({ a: 1 });
  });

  it('never grants more than there is, and lets no project wait while another is served twice', () => {
    const demand = fc.record({ a: fc.nat(20), b: fc.nat(20), c: fc.nat(20), level: fc.nat(30), places: fc.nat(10) });
    fc.assert(
      fc.property(demand, ({ a, b, c, level, places }) => {
        const mine = [calls('a', a), calls('b', b), calls('c', c)];
        const limits = { requestsPerMinute: 6_000, concurrentRequests: places + 1 };
        const { granted, level: left } = shareOut({ limits, level: full(level), turns: {}, mine, others: [] });
        const counts = mine.map(({ project }) => granted[project] ?? 0);
        const sum = counts.reduce((total, count) => total + count, 0);
        expect(sum).toBe(Math.min(a + b + c, level, places + 1));
        expect(left).toEqual({ requests: level - sum, tokens: left.tokens, underWay: sum });
        for (const [index, { calls: asked }] of mine.entries()) {
          if (counts[index]! < asked.length) expect(Math.max(...counts) - counts[index]!).toBeLessThanOrEqual(1);
        }
      }),
    );
  });

  it('is fair over many rounds of one call each', () => {
    let turns: Turns = {};
    const served = { a: 0, b: 0 };
    for (let round = 0; round < 10; round += 1) {
      const shared = shareOut({
        limits: { requestsPerMinute: 60 },
        level: full(1),
        turns,
        mine: [calls('a', 100), calls('b', 5)],
        others: [],
      });
      ({ turns } = shared);
      served.a += shared.granted['a'] ?? 0;
      served.b += shared.granted['b'] ?? 0;
    }
    expect(served).toEqual({ a: 5, b: 5 });
  });
});
