import { z } from 'zod';
import { digestField } from '../../../domain/api/fields.js';
import { measuredSchema } from '../../../domain/checklist/evidence-bodies.js';

/** What a comparison reads of evidence; what else stands there is left alone. */
const differenceSchema = z.object({
  difference: z.number(),
  interval: z.tuple([z.number(), z.number()]),
  n: z.number(),
});

export const evaluationSchema = z.object({
  task: z.object({ id: z.string() }),
  dataset: digestField,
  scores: z.array(
    z.object({
      metric: z.string(),
      candidate: measuredSchema,
      champion: measuredSchema.nullable(),
      difference: differenceSchema.nullable(),
    }),
  ),
  /** The champion's subject; null: none served. */
  champion: digestField.nullable(),
  artifacts: z.object({ candidate: digestField, champion: digestField.exactOptional() }),
});
export type Evaluation = z.infer<typeof evaluationSchema>;

export const datasetSchema = z.object({
  splits: z.array(
    z.object({
      name: z.string(),
      datasetId: digestField,
      records: z.number(),
      labels: z.record(z.string(), z.number()),
      artifact: digestField,
    }),
  ),
});
export type Split = z.infer<typeof datasetSchema>['splits'][number];
