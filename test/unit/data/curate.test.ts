import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { curate, type CuratedData } from '../../../domain/data/curate.js';
import type { ParsedRecord } from '../../../domain/data/parsed-record.js';
import { UNUSED_REASONS } from '../../../domain/data/unused-record.js';
import { anyRecords, exampleRecord, PAST_AND_LATER, STEPS } from '../../support/example-records.js';

const run = (records: ParsedRecord[], feedback: Record<string, string> = {}): CuratedData =>
  curate({
    sources: PAST_AND_LATER,
    steps: STEPS,
    records,
    feedback: { later: new Map(Object.entries(feedback)) },
  });

const feedbackFor = (records: ParsedRecord[]): Record<string, string> =>
  Object.fromEntries(records.filter((_, at) => at % 3 > 0).map(({ path }) => [path, path.slice(0, 3)]));

const reasonOf = (curated: CuratedData, path: string) => curated.unused.find((record) => record.path === path)?.reason;

describe('curating', () => {
  test('puts every record in one split, or in unused with a reason that is on the list', () => {
    fc.assert(
      fc.property(anyRecords, (records) => {
        const { splits, unused, counts } = run(records, feedbackFor(records));
        const seen = [...Object.values(splits).flat(), ...unused].map(({ source, path }) => `${source}/${path}`);
        expect(seen.sort()).toEqual(records.map(({ source, path }) => `${source}/${path}`).sort());
        for (const { reason } of unused) expect(UNUSED_REASONS).toContain(reason);
        expect(counts.used + unused.length).toBe(counts.read);
      }),
    );
  });

  test('lets no group stand on two sides', () => {
    fc.assert(
      fc.property(anyRecords, (records) => {
        const { splits } = run(records, feedbackFor(records));
        const sideOf = new Map<string, string>();
        for (const [name, members] of Object.entries(splits))
          for (const { group } of members.filter((record) => record.group !== null)) {
            const side = name.replace(/\/.*/u, '');
            expect(sideOf.get(group as string) ?? side).toBe(side);
            sideOf.set(group as string, side);
          }
      }),
    );
  });

  test('gives the same result in any order of the records', () => {
    const shuffled = anyRecords.chain((records) =>
      fc.tuple(fc.constant(records), fc.shuffledSubarray(records, { minLength: records.length })),
    );
    fc.assert(
      fc.property(shuffled, ([records, other]) => {
        expect(run(other, feedbackFor(records))).toEqual(run(records, feedbackFor(records)));
      }),
    );
  });

  test('says why a record is left out', () => {
    const curated = run([
      exampleRecord({ path: 'ham/broken', broken: 'mail.empty-body' }),
      exampleRecord({ path: 'ham/late', at: '2002-08-22T00:00:00.000Z' }),
      exampleRecord({ path: 'ham/undated', at: null, atBasis: null }),
      exampleRecord({ path: 'ham/own-word', atBasis: 'date' }),
      exampleRecord({ path: 'other/1' }),
      exampleRecord({ path: 'spam/later', source: 'later', at: '2002-09-01T00:00:00.000Z' }),
    ]);
    expect(curated.splits).toEqual({});
    expect(curated.counts.unused).toEqual({
      'mail.empty-body': 1,
      'period.outside': 1,
      'period.no-time': 1,
      'period.sender-date-only': 1,
      'label.absent': 2,
    });
  });

  test('keeps the earliest of equal inputs and names it', () => {
    const curated = run([
      exampleRecord({ path: 'ham/1', input: 'same', at: '2002-08-02T00:00:00.000Z' }),
      exampleRecord({ path: 'ham/2', input: 'same', at: '2002-08-01T00:00:00.000Z' }),
      exampleRecord({ path: 'ham/0', input: 'same', at: '2002-08-02T00:00:00.000Z' }),
    ]);
    expect(Object.values(curated.splits).flat()).toMatchObject([{ path: 'ham/2' }]);
    expect(curated.unused).toEqual(
      ['ham/0', 'ham/1'].map((path) => ({
        source: 'past',
        path,
        reason: 'duplicate.exact',
        kept: { source: 'past', path: 'ham/2' },
      })),
    );
  });

  test('leaves out all records of an input with two labels', () => {
    const curated = run([
      exampleRecord({ path: 'ham/1', input: 'same' }),
      exampleRecord({ path: 'spam/1', input: 'same' }),
      exampleRecord({ path: 'ham/2', input: 'other' }),
    ]);
    expect(curated.counts.unused).toEqual({ 'duplicate.label-conflict': 2 });
  });

  test('leaves a training record out whose group is tested in another source', () => {
    const later = ['1', '2', '3', '4'].map((day) =>
      exampleRecord({
        path: `ham/${day}`,
        source: 'later',
        at: `2002-09-0${day}T00:00:00.000Z`,
        group: day < '3' ? day : '1',
      }),
    );
    const curated = run(later, { 'ham/1': 'ham', 'ham/2': 'ham', 'ham/3': 'ham', 'ham/4': 'ham' });
    expect(curated.splits['train']).toMatchObject([{ path: 'ham/2' }]);
    expect(curated.splits['test/later']).toMatchObject([{ path: 'ham/3' }, { path: 'ham/4' }]);
    expect(reasonOf(curated, 'ham/1')).toBe('split.group-in-test');
  });

  test('reads the same package as two sources with two periods', () => {
    const at = '2002-09-01T00:00:00.000Z';
    const curated = run([exampleRecord({ path: 'ham/1', at }), exampleRecord({ path: 'ham/1', source: 'later', at })]);
    expect(curated.unused).toMatchObject([
      { source: 'later', reason: 'label.absent' },
      { source: 'past', reason: 'period.outside' },
    ]);
  });

  test('refuses two records under one path of a source', () => {
    expect(() => run([exampleRecord({ path: 'ham/1' }), exampleRecord({ path: 'ham/1' })])).toThrow(
      'Source past has two records under ham/1.',
    );
  });
});

describe('splitting by group', () => {
  const records = Array.from({ length: 600 }, (_, index) =>
    exampleRecord({
      path: `${index % 3 === 0 ? 'spam' : 'ham'}/${index}`,
      group: index % 5 === 0 ? null : `group ${index % 97}`,
    }),
  );

  test('meets the fractions for every label', () => {
    const { splits } = run(records);
    const countOf = (name: string, label: string) => splits[name]?.filter((record) => record.label === label).length;
    for (const [label, total] of [
      ['spam', 200],
      ['ham', 400],
    ] as const) {
      expect(countOf('train', label)).toBeCloseTo(0.7 * total, -1);
      expect(countOf('validation', label)).toBeCloseTo(0.1 * total, -1);
      expect(countOf('test/past', label)).toBeCloseTo(0.2 * total, -1);
    }
  });

  test('gives another split for another seed', () => {
    const steps = STEPS.map((step) => (step.step === 'split' && step.by === 'group' ? { ...step, seed: 2 } : step));
    const other = curate({ sources: PAST_AND_LATER, steps, records });
    expect(other.splits['test/past']).not.toEqual(run(records).splits['test/past']);
  });
});
