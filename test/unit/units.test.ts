import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseDuration, printDuration } from '../../domain/kernel/units/duration.js';
import { parseMoney, printMoney } from '../../domain/kernel/units/money.js';
import { parseName } from '../../domain/kernel/units/name.js';

describe('durations', () => {
  it.each([
    ['500ms', 500],
    ['10s', 10_000],
    ['10m', 600_000],
    ['1h', 3_600_000],
    ['7d', 604_800_000],
    ['0s', 0],
  ])('reads %s', (text, milliseconds) => {
    expect(parseDuration(text)).toBe(milliseconds);
  });

  it.each(['10', '1.5h', '-10s', '', '10 m', '1H', '1w', '01s', '1e3s', '10m ', '10m\n', '9007199254740993ms'])(
    'refuses %j',
    (text) => {
      expect(() => parseDuration(text)).toThrow(/is not a duration/);
    },
  );

  it('reads back what it prints', () => {
    fc.assert(
      fc.property(fc.maxSafeNat(), (milliseconds) => {
        expect(parseDuration(printDuration(milliseconds))).toBe(milliseconds);
      }),
    );
  });

  it('prints the largest unit that divides', () => {
    expect([0, 1_500, 60_000, 172_800_000].map(printDuration)).toEqual(['0s', '1500ms', '1m', '2d']);
    expect(() => printDuration(-1)).toThrow(/whole number/);
    expect(() => printDuration(1.5)).toThrow(/whole number/);
  });
});

describe('money', () => {
  it.each([
    ['200 USD', 200_000_000],
    ['0.05 USD', 50_000],
    ['0.1 USD', 100_000],
    ['1.10 USD', 1_100_000],
    ['0.000001 USD', 1],
  ])('reads %s', (text, microUsd) => {
    expect(parseMoney(text)).toBe(microUsd);
  });

  it.each(['200', '200USD', '200 EUR', '-1 USD', '1.0000001 USD', '1. USD', '.5 USD', '1,000 USD', '9007199255 USD'])(
    'refuses %j',
    (text) => {
      expect(() => parseMoney(text)).toThrow(/is not an amount of money/);
    },
  );

  it('reads back what it prints', () => {
    fc.assert(
      fc.property(fc.maxSafeNat(), (microUsd) => {
        expect(parseMoney(printMoney(microUsd))).toBe(microUsd);
      }),
    );
  });

  it('prints cents in full and no more decimals than needed', () => {
    expect([0, 200_000_000, 1_500_000, 50_000, 1].map(printMoney)).toEqual([
      '0 USD',
      '200 USD',
      '1.50 USD',
      '0.05 USD',
      '0.000001 USD',
    ]);
    expect(() => printMoney(0.5)).toThrow(/whole number/);
  });
});

describe('names', () => {
  it('takes every string of its grammar and no other', () => {
    const letters = fc.constantFrom(...'abz019-');
    fc.assert(
      fc.property(fc.string({ unit: letters, minLength: 0, maxLength: 70 }), (text) => {
        const isName = text.length >= 1 && text.length <= 63 && !text.startsWith('-') && !text.endsWith('-');
        if (isName) expect(parseName(text)).toBe(text);
        else expect(() => parseName(text)).toThrow(/is not a name/);
      }),
    );
  });

  it.each(['Email', 'e_mail', 'a b', 'a/b', '..', 'a\n', 'é', ''])('refuses %j', (text) => {
    expect(() => parseName(text)).toThrow(/is not a name/);
  });
});
