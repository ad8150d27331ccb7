import { z } from 'zod';
import { QUESTIONS } from '../checklist/questions.js';
import { ANSWER_BASES, ANSWER_VERDICTS } from '../kernel/states.js';
import { digestField } from './fields.js';

const waiverSchema = z.object({
  by: z.string(),
  why: z.string(),
  purpose: z.string(),
  until: z.string(),
  /** What it would be without the waiver. */
  of: z.enum(['fail', 'unknown']),
});

export const checklistAnswerSchema = z
  .object({
    question: z.enum(QUESTIONS),
    verdict: z.enum(ANSWER_VERDICTS),
    basis: z.enum(ANSWER_BASES),
    reason: z.string(),
    /** The evidence that the answer rests on, by id. */
    evidence: z.array(digestField),
    waiver: waiverSchema.nullable(),
  })
  .meta({ id: 'ChecklistAnswer' });

/** Every question of the checklist, answered for a version and its deployment as of `at`, the database's clock. */
export const checklistViewSchema = z
  .object({
    versionId: z.string(),
    runId: z.string(),
    at: z.string(),
    answers: z.array(checklistAnswerSchema),
  })
  .meta({ id: 'Checklist' });
export type ChecklistView = z.infer<typeof checklistViewSchema>;
