import { z } from 'zod';
import { count, name, relativePath, share, text } from './fields.js';
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
  basis: z.enum(['licence', 'consent', 'contract', 'own', 'unknown']),
  licence: text(100).optional().describe('The licence by its SPDX id, e.g. PDDL-1.0.'),
  evidence: relativePath.optional().describe('A file that says what the right rests on.'),
});

const labels = z.union([
  z.strictObject({
    byPath: z.record(pathPrefix, label).describe('The label of records by the beginning of their path.'),
  }),
  z.strictObject({ feedback: name.describe('The alias whose users say in service what a record was.') }),
]);

const claim = z.strictObject({
  collectedLater: z.array(pathPrefix).min(1),
  than: z.array(pathPrefix).min(1),
  statement: text().describe("The source's own words."),
});

const source = z.strictObject({
  id: name,
  uri: sourceUri,
  format: z.enum(['eml', 'jsonl']),
  origin: z.enum(['human', 'synthetic', 'mixed', 'unknown']),
  rights,
  period: z
    .strictObject({ from: instant.optional(), until: instant.optional() })
    .refine(periodRuns.holds, { error: periodRuns.error })
    .optional()
    .describe("Only records of this time, by their own dates: 'from' included, 'until' excluded."),
  labels,
  claims: z.array(claim).optional(),
});

const groupSplit = z.strictObject({
  source: name,
  by: z.literal('group'),
  stratify: z.literal('label').optional(),
  train: fraction,
  validation: share,
  test: fraction,
  seed: count(0),
});

const timeSplit = z.strictObject({ source: name, by: z.literal('time'), train: fraction, test: fraction });

const sums = { error: fractionsSumToOne.error };
const split = z.discriminatedUnion('by', [
  groupSplit.refine(fractionsSumToOne.holds, sums),
  timeSplit.refine(fractionsSumToOne.holds, sums),
]);

const curateStep = z.union([
  z.strictObject({ dedupe: z.strictObject({ exact: z.literal(true) }) }),
  z.strictObject({ split }),
]);

/** `data` as written. */
export const dataSection = z.strictObject({
  sources: z.array(source).min(1, { error: 'Name at least one source.' }),
  curate: z
    .array(curateStep)
    .min(1, { error: 'Split at least one source.' })
    .refine(dedupesOnce.holds, { error: dedupesOnce.error }),
});
