import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mayGoOn, type GateInput, type GateResult } from '../../../domain/gates/gate-result.js';
import { judgeGate } from '../../../domain/gates/judge-gate.js';
import type { Digest } from '../../../domain/kernel/digest.js';
import type { GateSpec } from '../../../domain/lifecycle-file/plan.js';
import type { ScoredItem } from '../../../domain/metrics/scored-item.js';
import { triageItems } from '../metrics/scored-items.js';

const weights = (name: string): Digest => `sha256:${name.repeat(64)}`;
const atLeast = (limit: number): GateSpec => ({
  task: 'triage',
  metric: 'f1-macro',
  kind: 'at-least',
  limit,
  confidence: 0.95,
});
const noWorse = (margin: number, firstRelease: 'allow' | 'block' = 'allow'): GateSpec => ({
  task: 'triage',
  metric: 'f1-macro',
  kind: 'no-worse-than-champion',
  margin,
  confidence: 0.95,
  firstRelease,
});
const inputOf = (candidate: ScoredItem[] | null, champion?: ScoredItem[] | null): GateInput => ({
  candidate: { weights: weights('a'), items: candidate },
  champion: champion === undefined ? null : { weights: weights('b'), items: champion },
  seed: 7,
  resamples: 300,
});

describe('a gate with a limit', () => {
  it('passes only when the bound clears it, fails only when the other bound does not reach it', () => {
    const input = inputOf(triageItems(600, 0.95, 1));
    expect(judgeGate(atLeast(0.9), input).verdict).toBe('pass');
    expect(judgeGate(atLeast(0.94), input)).toMatchObject({ verdict: 'inconclusive', limit: 0.94, n: 600 });
    expect(judgeGate(atLeast(0.99), input).verdict).toBe('fail');
  });

  it('says with which interval it was judged and how many items would decide it', () => {
    const result = judgeGate(atLeast(0.9), inputOf(triageItems(60, 0.95, 1)));
    expect(result.verdict).toBe('inconclusive');
    expect(result.interval?.[0]).toBeLessThan(0.9);
    expect(result.interval?.[1]).toBeGreaterThan(0.9);
    expect(result.neededItems).toBeGreaterThan(60);
    expect(judgeGate(atLeast(0.9), inputOf(triageItems(result.neededItems! * 2, 0.95, 1))).verdict).toBe('pass');
  });

  it('cannot decide on three right answers, on one wrong answer, or on none', () => {
    for (const items of [triageItems(3, 1, 1), triageItems(1, 0, 1), [], null]) {
      expect(judgeGate(atLeast(0.9), inputOf(items)).verdict).toBe('inconclusive');
    }
  });

  it('lets a model that is just below the limit through about as seldom as it promises', () => {
    const truth = 0.9;
    const gate: GateSpec = { ...atLeast(truth + 0.001), metric: 'accuracy' };
    const passed = Array.from({ length: 200 }, (_, run) => judgeGate(gate, inputOf(triageItems(100, truth, run))));
    // 20 is beyond the 99.8 % quantile of binomial(200, 0.05).
    expect(passed.filter(({ verdict }) => verdict === 'pass').length).toBeLessThanOrEqual(20);
  });
});

describe('a gate against the champion', () => {
  const champion = triageItems(600, 0.93, 1);
  const withWrong = (share: number): ScoredItem[] =>
    champion.map((item, index) =>
      index % 100 < share * 100 ? { ...item, predicted: item.expected === 'ham' ? 'spam' : 'ham' } : item,
    );

  it('passes an equal one, fails a much worse one, and leaves a small set open', () => {
    expect(judgeGate(noWorse(0.02), inputOf(champion, champion)).verdict).toBe('pass');
    expect(judgeGate(noWorse(0.02), inputOf(withWrong(0.2), champion)).verdict).toBe('fail');
    const few = triageItems(40, 0.93, 2);
    const small = judgeGate(noWorse(0.02), inputOf(few, few.toReversed()));
    expect(small).toMatchObject({ verdict: 'inconclusive', n: 40, statistic: 0 });
    expect(small.neededItems).toBeGreaterThan(40);
  });

  it('does not apply to a first release that it allows, and blocks one that it does not', () => {
    for (const items of [champion, [], null]) {
      const allowed = judgeGate(noWorse(0.02), inputOf(items));
      expect([allowed.verdict, mayGoOn([allowed])]).toEqual(['not-applicable', true]);
      const blocked = judgeGate(noWorse(0.02, 'block'), inputOf(items));
      expect([blocked.verdict, mayGoOn([blocked])]).toEqual(['inconclusive', false]);
    }
  });

  it.each<[string, GateInput]>([
    ['the champion has no scores', inputOf(champion, null)],
    ['the champion was scored on other items', inputOf(champion, champion.slice(1))],
    ['an item stands twice', inputOf([...champion.slice(1), champion[1]!], champion)],
    [
      'what was expected differs',
      inputOf(
        champion,
        champion.map((item) => ({ ...item, expected: 'ham' })),
      ),
    ],
    ['the candidate has no scores', inputOf(null, champion)],
    ['there are no items', inputOf([], [])],
    [
      'the candidate is the champion',
      { ...inputOf(champion, champion), candidate: { weights: weights('b'), items: champion } },
    ],
  ])('is inconclusive when %s', (_, input) => {
    const result = judgeGate(noWorse(0.5), input);
    expect(result.verdict).toBe('inconclusive');
    expect(result.reason).not.toBe('');
    expect(mayGoOn([result])).toBe(false);
  });
});

describe('any gate', () => {
  const gates = fc
    .tuple(fc.constantFrom('at-least', 'champion'), fc.double({ min: 0, max: 1, noNaN: true }))
    .map(([kind, x]) => (kind === 'at-least' ? atLeast(x) : noWorse(x / 2)));
  const rank: Record<GateResult['verdict'], number> = { fail: 0, inconclusive: 1, 'not-applicable': 1, pass: 2 };

  it('never turns a fail into a pass when answers get worse', () => {
    const sizes = fc.integer({ min: 1, max: 80 });
    const accuracy = fc.double({ min: 0.2, max: 1, noNaN: true });
    fc.assert(
      fc.property(
        gates,
        sizes,
        accuracy,
        fc.integer(),
        fc.integer({ min: 2, max: 8 }),
        (gate, n, share, seed, step) => {
          const items = triageItems(n, share, seed);
          const worse = items.map((item, index) =>
            index % step === 0 ? { ...item, predicted: item.expected === 'ham' ? 'spam' : 'ham' } : item,
          );
          const champion = triageItems(n, 0.9, seed + 1);
          const [before, after] = [items, worse].map((answers) =>
            judgeGate(gate, { ...inputOf(answers, champion), resamples: 100 }),
          );
          expect(rank[before!.verdict] === 0 && rank[after!.verdict] === 2).toBe(false);
        },
      ),
      { numRuns: 200 },
    );
  });

  it('never passes what was not measured', () => {
    const odd = fc.constantFrom<Partial<GateSpec>>(
      { metric: 'f1-marco' },
      { metric: 'constructor' },
      { confidence: Number.NaN },
      { confidence: 1 },
      { confidence: 95 },
      { confidence: 0.1 },
    );
    fc.assert(
      fc.property(gates, odd, (gate, wrong) => {
        const result = judgeGate(
          { ...gate, ...wrong } as GateSpec,
          inputOf(triageItems(50, 1, 1), triageItems(50, 0, 2)),
        );
        expect(result).toMatchObject({ verdict: 'inconclusive', statistic: null });
      }),
    );
    for (const limit of [Number.NaN, -Infinity]) {
      expect(judgeGate(atLeast(limit), inputOf(triageItems(50, 1, 1))).verdict).toBe('inconclusive');
    }
    expect(judgeGate(noWorse(Infinity), inputOf(triageItems(50, 1, 1), triageItems(50, 1, 1))).verdict).toBe(
      'inconclusive',
    );
  });

  it('lets a run go on only when all gates speak for it, and there is one', () => {
    const pass = judgeGate(atLeast(0.5), inputOf(triageItems(200, 1, 1)));
    expect(mayGoOn([pass])).toBe(true);
    expect(mayGoOn([])).toBe(false);
    for (const verdict of ['fail', 'inconclusive', 'not-applicable'] as const) {
      expect(mayGoOn([pass, { ...pass, verdict }])).toBe(false);
    }
  });
});
