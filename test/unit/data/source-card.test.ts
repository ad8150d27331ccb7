import { describe, expect, test } from 'vitest';
import { buildSourceCard } from '../../../domain/data/source-card.js';
import { exampleRecord } from '../../support/example-records.js';
import { exampleSource } from '../../support/example-source.js';

const at = (day: number, month = '08') => `2002-${month}-0${day}T00:00:00.000Z`;
const records = [
  exampleRecord({ path: 'second/1', at: at(1) }),
  exampleRecord({ path: 'second/2', at: at(2) }),
  exampleRecord({ path: 'second/3', at: at(3) }),
  exampleRecord({ path: 'first/1', at: at(5, '09') }),
  exampleRecord({ path: 'first/2', at: at(9, '09'), atBasis: 'date' }),
  exampleRecord({ path: 'first/3', at: null, atBasis: null, broken: 'mail.no-date' }),
];
const claims = { uri: 'npm:example', origin: { package: 'example' }, licences: ['MIT'], description: null };
const claim = { kind: 'collected-later', statement: 'second came later', groups: ['second'], than: ['first'] } as const;
const card = (given: Partial<typeof claim>) =>
  buildSourceCard(exampleSource({ claims: [{ ...claim, ...given } as never] }), claims, records);

describe('a source card', () => {
  test('says what the dates make of a claim, with the medians', () => {
    expect(card({}).claims).toEqual([
      {
        kind: 'collected-later',
        statement: 'second came later',
        verdict: 'contradicted',
        medians: { second: at(2), first: at(5, '09') },
      },
    ]);
    expect(card({ groups: ['first'] as never, than: ['second'] as never }).claims[0]?.verdict).toBe('confirmed');
    expect(card({ than: ['third'] as never }).claims[0]?.verdict).toBe('untested');
  });

  test('counts records, broken ones and folders, and the times that servers signed', () => {
    expect(card({})).toMatchObject({
      counts: { records: 6, broken: { 'mail.no-date': 1 }, folders: { first: 3, second: 3 } },
      period: { first: at(1), last: at(5, '09') },
      licences: ['MIT'],
    });
  });

  test('has a digest of the raw records that any changed byte changes and their order does not', () => {
    const spec = exampleSource({});
    const before = buildSourceCard(spec, claims, records).rawDigest;
    expect(buildSourceCard(spec, claims, records.toReversed()).rawDigest).toBe(before);
    const changed = [exampleRecord({ path: 'second/1', input: 'changed' }), ...records.slice(1)];
    expect(buildSourceCard(spec, claims, changed).rawDigest).not.toBe(before);
  });
});
