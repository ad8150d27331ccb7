import { describe, expect, it } from 'vitest';
import { ENOUGH_PAIRS, agreementOf, type Rating } from '../../../domain/tasks/agreement.js';

const pair = (a: string, b: string, people: [string, string] = ['ruth', 'leo']): [Rating, Rating] => [
  { principal: people[0], answer: a },
  { principal: people[1], answer: b },
];
const many = (times: number, made: [Rating, Rating]) => Array.from({ length: times }, () => made);

describe('agreement over a batch', () => {
  it('is that of Cohen for the same two people, whoever answered first', () => {
    const pairs = [
      ...many(20, pair('spam', 'spam')),
      ...many(15, pair('ham', 'ham')),
      ...many(15, pair('spam', 'ham')),
    ];
    const measured = agreementOf(pairs);
    expect(measured).toMatchObject({ n: 50, people: 2, method: 'cohen', observed: 0.7, isTooFew: false });
    // Expected agreement: (35 · 20 + 15 · 30) / 50².
    expect(measured.kappa).toBeCloseTo((0.7 - 0.46) / (1 - 0.46), 12);
    expect(measured.meaning).toBe('moderate agreement beyond chance');
    const turned = pairs.map(([a, b], at): [Rating, Rating] => (at % 2 === 0 ? [a, b] : [b, a]));
    expect(agreementOf(turned)).toEqual(measured);
  });

  it('is that of Fleiss where people change', () => {
    const pairs = [pair('spam', 'spam'), pair('ham', 'spam', ['eva', 'leo']), pair('spam', 'spam', ['eva', 'ruth'])];
    const measured = agreementOf(pairs);
    expect(measured).toMatchObject({ method: 'fleiss', people: 3, isTooFew: true });
    expect(measured.kappa).toBeCloseTo(-0.2, 12);
    expect(measured.meaning).toBe(`too few: 3 of at least ${ENOUGH_PAIRS}; so far no agreement beyond chance`);
  });

  it('says where there is nothing to say', () => {
    expect(agreementOf([])).toMatchObject({ n: 0, observed: null, kappa: null });
    expect(agreementOf(many(40, pair('spam', 'spam')))).toMatchObject({ observed: 1, kappa: null, isTooFew: false });
  });
});
