import { z } from 'zod';
import { DATA_QUESTIONS, DECISION_VERDICTS } from '../kernel/states.js';
import { EXAMPLE_DIGEST, digestField, momentField, nameField, plainTextField, principalField } from './fields.js';

const reasonField = plainTextField({ min: 10, max: 2000 });

/** `subjectDigest` is what the signer saw; role and stage may be left out where only one fits. `withdraw` takes back what they said. */
export const decideSchema = z
  .strictObject({
    role: nameField.optional(),
    stage: nameField.optional(),
    verdict: z.enum(DECISION_VERDICTS),
    reason: reasonField,
    /** What an approval is given under. */
    conditions: z
      .array(plainTextField({ min: 3, max: 500 }))
      .min(1)
      .max(10)
      .optional(),
    /** Whom the signer stands in for, where several let them. */
    onBehalfOf: principalField.optional(),
    subjectDigest: digestField,
  })
  .refine(({ verdict, conditions }) => conditions === undefined || verdict === 'approve', {
    message: 'Only an approval has conditions: ask for changes instead.',
    path: ['conditions'],
  })
  .meta({
    id: 'Decide',
    examples: [
      { verdict: 'approve', reason: 'Better on every slice than what serves now.', subjectDigest: EXAMPLE_DIGEST },
    ],
  });
export type Decide = z.infer<typeof decideSchema>;

/** The answer to a decision: the same for every repetition of it. */
export const decidedSchema = z
  .object({
    decisionId: z.string(),
    requestId: z.string(),
    subjectDigest: digestField,
    stage: z.string(),
    role: z.string(),
    verdict: z.enum(DECISION_VERDICTS),
    keyId: z.string(),
  })
  .meta({ id: 'Decided' });
export type Decided = z.infer<typeof decidedSchema>;

/** An exception for one answer, for one purpose, until a moment in the future. */
export const waiveSchema = z
  .strictObject({
    question: z.enum(DATA_QUESTIONS),
    role: nameField.optional(),
    reason: reasonField,
    purpose: plainTextField({ min: 3, max: 200 }),
    /** A moment, or a day: then its first moment in UTC. */
    until: z.union([momentField, z.iso.date()]),
    subjectDigest: digestField,
  })
  .meta({
    id: 'Waive',
    examples: [
      {
        question: 'QD3',
        reason: 'The licence is being renewed.',
        purpose: 'demonstration',
        until: '2026-12-31',
        subjectDigest: EXAMPLE_DIGEST,
      },
    ],
  });
export type Waive = z.infer<typeof waiveSchema>;

export const waivedSchema = z
  .object({
    waiverId: z.string(),
    requestId: z.string(),
    subjectDigest: digestField,
    question: z.enum(DATA_QUESTIONS),
    until: z.string(),
    keyId: z.string(),
  })
  .meta({ id: 'Waived' });
export type Waived = z.infer<typeof waivedSchema>;
