import fc from 'fast-check';
import { digestBytes } from '../../domain/evidence/canonical.js';
import type { CurateInput } from '../../domain/data/curate.js';
import type { ParsedRecord } from '../../domain/data/parsed-record.js';

export const PAST_AND_LATER: CurateInput['sources'] = [
  {
    id: 'past',
    period: { from: null, until: '2002-08-22T00:00:00Z' },
    labels: {
      by: 'path',
      rules: [
        { prefix: 'ham/', label: 'ham' },
        { prefix: 'spam/', label: 'spam' },
      ],
    },
  },
  { id: 'later', period: { from: '2002-08-22T00:00:00Z', until: null }, labels: { by: 'feedback', alias: 'triage' } },
];

export const STEPS: CurateInput['steps'] = [
  { step: 'dedupe', exact: true },
  { step: 'split', source: 'past', by: 'group', stratify: 'label', train: 0.7, validation: 0.1, test: 0.2, seed: 1 },
  { step: 'split', source: 'later', by: 'time', train: 0.5, test: 0.5 },
];

export function exampleRecord(given: Partial<ParsedRecord> & { path: string }): ParsedRecord {
  const input = given.input ?? `Subject: ${given.path}`;
  const defaults = {
    source: 'past',
    at: '2002-08-01T00:00:00.000Z',
    atBasis: 'received',
    group: null,
    broken: null,
  } as const;
  return { ...defaults, digest: digestBytes(input), bytes: input.length, input, ...given };
}

const records = fc.array(
  fc.record({
    source: fc.constantFrom('past', 'later'),
    folder: fc.constantFrom('ham', 'spam', 'other'),
    input: fc.integer({ min: 0, max: 30 }).map((number) => `text ${number}`),
    day: fc.option(fc.integer({ min: 1, max: 28 })),
    month: fc.constantFrom('08', '09'),
    atBasis: fc.constantFrom('received', 'date', 'record'),
    group: fc.option(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f')),
    broken: fc.option(fc.constant('mail.no-date' as const), { freq: 10 }),
  }),
  { maxLength: 80 },
);

/** Any records of the two sources: duplicates, contradicting labels, gaps and broken ones among them. */
export const anyRecords: fc.Arbitrary<ParsedRecord[]> = records.map((drawn) =>
  drawn.map(({ folder, day, month, ...rest }, index) =>
    exampleRecord({
      ...rest,
      path: `${folder}/${index}`,
      at: day === null ? null : `2002-${month}-${String(day).padStart(2, '0')}T00:00:00.000Z`,
      atBasis: day === null ? null : (rest.atBasis as ParsedRecord['atBasis']),
    }),
  ),
);
