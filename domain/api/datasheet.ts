import { z } from 'zod';
import { sourceCardSchema } from '../checklist/evidence-bodies.js';
import { checklistAnswerSchema } from './checklist.js';
import { digestField } from './fields.js';
import { gapSchema, splitSchema } from './model-card.js';

/** Of the data that a version was made and judged with. Null or an empty list says that nothing is on record. */
export const datasheetSchema = z
  .object({
    format: z.literal('assay/datasheet/v1'),
    model: z.string(),
    purpose: z.string(),
    runId: z.string(),
    sources: z.array(
      sourceCardSchema.omit({ counts: true }).extend({
        evidence: digestField,
        records: z.number(),
        bytes: z.number(),
        broken: z.record(z.string(), z.number()),
        /** How its records get their labels, by the lifecycle file. */
        labels: z.enum(['path', 'feedback']).nullable(),
        /** The time that the lifecycle file asks for: from included, until excluded. */
        asked: z.object({ from: z.string().nullable(), until: z.string().nullable() }).nullable(),
      }),
    ),
    dataset: z
      .object({
        evidence: digestField,
        read: z.number(),
        used: z.number(),
        /** Records left out, by reason. */
        unused: z.record(z.string(), z.number()),
        steps: z.array(z.record(z.string(), z.unknown())),
        splits: z.array(splitSchema),
      })
      .nullable(),
    answers: z.array(checklistAnswerSchema),
    gaps: z.array(gapSchema),
  })
  .meta({ id: 'Datasheet' });
export type Datasheet = z.infer<typeof datasheetSchema>;
