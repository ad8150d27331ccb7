import { z } from 'zod';
import { count, name, relativePath, share, text, principals } from './fields.js';
import { dedupesOnce, fractionsSumToOne, periodRuns } from './rules.js';
import { instant } from './time-fields.js';

/** Part of a source's or a record's path, e.g. `easy-ham-1` or `2002/inbox/`. */
export const pathPrefix = z.string().regex(/^[A-Za-z0-9._/-]{1,200}$/, {
  error: 'Write the beginning of a path: letters, digits and . _ / -.',
});

/** Where a source is: `npm:<package>`, `file:./folder`, … The worker's source adapters judge the rest. */
export const sourceUri = z.string().regex(/^[a-z][a-z0-9+]*:[^\s\\]{1,500}$/, {
  error: 'Write an address with a scheme, e.g. npm:@scope/package or file:./mails.',
});

export const label = text(100);
const fraction = share.gt(0, { error: 'Write a number above 0.' });

const rights = z.strictObject({
  basis: z
    .enum(['licence', 'consent', 'contract', 'own', 'unknown'])
    .describe('What the right to use the data rests on.'),
  licence: text(100)
    .optional()
    .meta({ description: 'The licence by its SPDX id.', examples: ['PDDL-1.0'] }),
  evidence: relativePath.optional().meta({
    description: 'A file that says what the right rests on; it is kept by value.',
    examples: ['./rights/mail.md'],
  }),
});

const labels = z.union([
  z.strictObject({
    byPath: z.record(pathPrefix, label).meta({
      description: 'The label of records by the beginning of their path in the source; the first that fits counts.',
      examples: [{ 'easy-ham-1': 'ham', 'spam-1': 'spam' }],
    }),
  }),
  z.strictObject({
    feedback: name.meta({
      description: 'The alias whose users say in service what a record was.',
      examples: ['email-triage'],
    }),
  }),
]);

const claim = z.strictObject({
  collectedLater: z
    .array(pathPrefix)
    .min(1)
    .meta({
      description: 'Beginnings of the paths of the records that are said to be later.',
      examples: [['easy-ham-2', 'spam-2']],
    }),
  than: z
    .array(pathPrefix)
    .min(1)
    .meta({
      description: 'Beginnings of the paths of the records that they are said to be later than.',
      examples: [['easy-ham-1', 'spam-1']],
    }),
  statement: text().meta({
    description: "The source's own words.",
    examples: ['The README says that easy-ham-2 was collected at a later date.'],
  }),
});

const source = z.strictObject({
  id: name.meta({ description: 'The name of the source in this file.', examples: ['mail-past'] }),
  uri: sourceUri.meta({
    description:
      'Where it is: npm:<package>, an installed package, or file:<path>, relative to the folder of the worker.',
    examples: ['file:./data'],
  }),
  format: z
    .enum(['eml', 'jsonl'])
    .describe('eml: a mail in each file. jsonl: on each line {"input": "…", "at"?: ISO 8601, "group"?: "…"}.'),
  origin: z
    .enum(['human', 'synthetic', 'mixed', 'unknown'])
    .describe('Who made the records: people, a program or model, both.'),
  rights: rights.describe('Why this data may be used.'),
  authors: principals.optional().meta({
    description: 'Who made it, by the names under which they sign in: a policy may keep them from signing.',
    examples: [['mia']],
  }),
  period: z
    .strictObject({
      from: instant.optional().meta({ description: 'A day or a moment in UTC, included.', examples: ['2002-08-22'] }),
      until: instant.optional().meta({ description: 'A day or a moment in UTC, excluded.', examples: ['2002-08-22'] }),
    })
    .refine(periodRuns.holds, { error: periodRuns.error })
    .optional()
    .describe("Only records of this time, by their own dates: 'from' included, 'until' excluded."),
  labels: labels.meta({
    description: 'How a record gets its label: from its path, or from what people say in service.',
    examples: [{ byPath: { 'easy-ham-1': 'ham', 'spam-1': 'spam' } }, { feedback: 'email-triage' }],
  }),
  claims: z
    .array(claim)
    .optional()
    .describe('What the source says about itself that the records can confirm or contradict.'),
});

const splitSource = name.meta({ description: 'The id of the source that is split.', examples: ['mail-past'] });
const train = share.meta({
  description: 'The part that the model learns from; 0 where it is only tested.',
  examples: [0.7],
});
const test = fraction.meta({ description: 'The part held back for the gates.', examples: [0.2] });

const groupSplit = z.strictObject({
  source: splitSource,
  by: z.literal('group').describe('At random, a group (a mail thread, the field "group") never on two sides.'),
  stratify: z.literal('label').optional().describe('Each label in each part in like measure.'),
  train,
  validation: share.meta({ description: 'The part that training may look at while it runs.', examples: [0.1] }),
  test,
  seed: count(0).meta({ description: 'Where chance begins: the same seed gives the same split.', examples: [7] }),
});

const timeSplit = z.strictObject({
  source: splitSource,
  by: z.literal('time').describe('The oldest records for training, the latest for testing.'),
  train,
  test,
});

const sums = { error: fractionsSumToOne.error };
const split = z.discriminatedUnion('by', [
  groupSplit.refine(fractionsSumToOne.holds, sums),
  timeSplit.refine(fractionsSumToOne.holds, sums),
]);

const curateStep = z.union([
  z.strictObject({
    dedupe: z
      .strictObject({ exact: z.literal(true).describe('Records with the same text are one.') })
      .describe('Takes records out that are there twice.'),
  }),
  z.strictObject({ split: split.describe('Divides a source into parts that never mix; the fractions sum to 1.') }),
]);

/** `data` as written. */
export const dataSection = z.strictObject({
  sources: z.array(source).min(1, { error: 'Name at least one source.' }).describe('Where records come from.'),
  curate: z
    .array(curateStep)
    .min(1, { error: 'Split at least one source.' })
    .refine(dedupesOnce.holds, { error: dedupesOnce.error })
    .meta({
      description: 'What is done with the records, in this order.',
      examples: [
        [
          { dedupe: { exact: true } },
          { split: { source: 'mail-past', by: 'group', train: 0.7, validation: 0.1, test: 0.2, seed: 7 } },
          { split: { source: 'mail-later', by: 'time', train: 0.5, test: 0.5 } },
        ],
      ],
    }),
});
