import { z } from 'zod';
import { digestField, momentField, nameField, plainTextField } from './fields.js';

/** A moment that Postgres can hold, of a year from 1 on and less than 16 hours from UTC; its seconds may be left out. */
const pastMoment = z
  .string()
  .refine(
    (text) =>
      momentField.safeParse(text.replace(/(T\d\d:\d\d)(?=Z|[+-])/, '$1:00')).success &&
      !/^0000|[+-](?:1[6-9]|2\d):\d\d$/.test(text),
    'Write a moment in ISO 8601 with its offset, e.g. 2026-03-03T12:00Z.',
  )
  .meta({ examples: ['2026-03-03T12:00Z'] });

/** `at`: the moment that is asked about. `asKnownAt`: by what was on file then; left out, by what is on file now. */
export const liveQuerySchema = z.strictObject({
  project: nameField.optional(),
  at: pastMoment.optional(),
  asKnownAt: pastMoment.optional(),
});

const approvalSchema = z.object({
  request: z.string(),
  policy: z.string(),
  /** What was signed. */
  subjectDigest: digestField,
  approvedAt: z.string(),
  /** From the signed statements, verified as they are now; roles as they were held when the request was closed. */
  decisions: z.array(z.object({ principal: z.string(), role: z.string(), verdict: z.string(), at: z.string() })),
  waivers: z.array(
    z.object({ question: z.string(), by: z.string(), why: z.string(), purpose: z.string(), until: z.string() }),
  ),
  evidence: z.object({
    evaluations: z.array(digestField),
    gateVerdicts: digestField,
    dataAnswers: digestField,
  }),
});

/** Where an alias pointed at a moment, and on whose word. */
export const liveViewSchema = z
  .object({
    alias: z.string(),
    at: z.string(),
    asKnownAt: z.string(),
    /** Of the move. */
    revision: z.number().int(),
    since: z.string(),
    /** Null: it was so until now, by what was known. */
    until: z.string().nullable(),
    /** When the move was put on file, by which run, and why. */
    recordedAt: z.string(),
    runId: z.string(),
    requestId: z.string(),
    reason: z.string(),
    champion: z.string().nullable(),
    /** Where `since` is not the moment of the move. */
    correction: z.object({ by: z.string(), reason: z.string(), at: z.string() }).nullable(),
    /** None where the alias pointed nowhere. */
    versions: z.array(
      z.object({
        id: z.string(),
        /** Its share of the traffic, in per cent. */
        weight: z.number(),
        isChampion: z.boolean(),
        runId: z.string(),
        baseModel: z.string(),
        provider: z.string(),
        providerModel: z.string(),
        weights: digestField.nullable(),
        training: digestField,
        /** Null where no request of its run was approved. */
        approval: approvalSchema.nullable(),
      }),
    ),
  })
  .meta({ id: 'Live' });
export type LiveView = z.infer<typeof liveViewSchema>;

/** `effectiveAt`: since when the move was so in truth; null: never. */
export const correctAliasSchema = z
  .strictObject({
    revision: z.int().min(1),
    effectiveAt: pastMoment.nullable(),
    reason: plainTextField({ min: 10, max: 2000 }),
  })
  .meta({
    id: 'CorrectAlias',
    examples: [
      { revision: 1, effectiveAt: '2026-03-03T11:58:00Z', reason: 'The gateway took the route two minutes before.' },
    ],
  });
export type CorrectAlias = z.infer<typeof correctAliasSchema>;

export const correctionViewSchema = z
  .object({
    alias: z.string(),
    revision: z.number().int(),
    effectiveAt: z.string().nullable(),
    reason: z.string(),
    by: z.string(),
    at: z.string(),
  })
  .meta({ id: 'AliasCorrection' });
