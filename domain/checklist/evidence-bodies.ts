import { z } from 'zod';
import { digestField } from '../api/fields.js';
import { ANSWER_BASES, ANSWER_VERDICTS, DATA_QUESTIONS, GATE_VERDICTS, RECREATION_GRADES } from '../kernel/states.js';

/** The parts of evidence bodies that the checklist and the documents read; what else stands there is left alone. */
const intervalField = z.tuple([z.number(), z.number()]);

export const measuredSchema = z.union([
  z.object({
    status: z.literal('ok'),
    value: z.number(),
    n: z.number(),
    interval: intervalField.optional(),
    confidence: z.number().optional(),
  }),
  z.object({ status: z.enum(['unmeasured', 'error']), reason: z.string() }),
]);

const splitSchema = z.object({
  name: z.string(),
  datasetId: digestField,
  records: z.number(),
  labels: z.record(z.string(), z.number()),
});

export const datasetBodySchema = z.object({
  splits: z.array(splitSchema),
  steps: z.array(z.record(z.string(), z.unknown())),
  counts: z.object({ read: z.number(), used: z.number(), unused: z.record(z.string(), z.number()) }),
});
export type DatasetBody = z.infer<typeof datasetBodySchema>;

const answersBodySchema = z.object({
  answers: z.array(
    z.object({
      question: z.enum(DATA_QUESTIONS),
      verdict: z.enum(ANSWER_VERDICTS).exclude(['waived']),
      basis: z.enum(ANSWER_BASES),
      reason: z.string(),
    }),
  ),
});
export const dataAnswersSchema = answersBodySchema.transform(({ answers }) => answers);

export const trainingBodySchema = z.object({
  baseModel: z.string(),
  provider: z.string(),
  train: z.object({
    hyperparameters: z.record(z.string(), z.union([z.number(), z.string()])),
    seed: z.number().optional(),
  }),
  dataset: digestField,
  trainedTokens: z.number().nullable(),
  files: z.record(z.string(), digestField).optional(),
  losses: z.array(z.record(z.string(), z.number())),
});
export type TrainingBody = z.infer<typeof trainingBodySchema>;

/** Of a version for which nothing was trained. */
export const baseModelBodySchema = z.object({
  baseModel: z.string(),
  provider: z.string(),
  prompt: z.object({ from: z.string(), digest: digestField }).nullable(),
});
export type BaseModelBody = z.infer<typeof baseModelBodySchema>;

/** Of an imported base model. */
export const importBodySchema = z.object({
  source: z.union([
    z.object({ kind: z.literal('endpoint'), provider: z.string(), model: z.string() }),
    z.object({ kind: z.literal('weights'), folder: z.string() }),
  ]),
  /** What the provider says of its model; left out for weights. */
  said: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])).optional(),
  files: z.array(z.object({ path: z.string(), digest: digestField, bytes: z.number() })).optional(),
  bytes: z.number().optional(),
});
export type ImportBody = z.infer<typeof importBodySchema>;

export const evaluationBodySchema = z.object({
  task: z.object({ id: z.string(), version: z.number(), scorer: z.string() }),
  dataset: digestField,
  scores: z.array(z.object({ metric: z.string(), candidate: measuredSchema })),
  /** JSONL of `ScoredItem` in the artifact store. */
  artifacts: z.object({ candidate: digestField }).optional(),
});
export type EvaluationBody = z.infer<typeof evaluationBodySchema>;

const gateLineSchema = z.object({
  gate: z.object({ task: z.string(), metric: z.string(), kind: z.string(), confidence: z.number() }),
  verdict: z.enum(GATE_VERDICTS),
  statistic: z.number().nullable(),
  interval: intervalField.nullable(),
  limit: z.number(),
  n: z.number(),
  reason: z.string(),
});
export type GateLine = z.infer<typeof gateLineSchema>;
export const gatesSchema = z.object({ gates: z.array(gateLineSchema) }).transform(({ gates }) => gates);

export const windowQualitySchema = z
  .object({ quality: z.object({ measured: measuredSchema }) })
  .transform(({ quality }) => quality);
export type WindowQuality = z.infer<typeof windowQualitySchema>;

export const recreationBodySchema = z.object({
  version: z.string(),
  run: z.string(),
  grade: z.enum(RECREATION_GRADES),
  reasons: z.array(z.string()),
});
export type RecreationBody = z.infer<typeof recreationBodySchema>;

const countsField = z.record(z.string(), z.number());

export const sourceCardSchema = z.object({
  id: z.string(),
  uri: z.string(),
  format: z.enum(['eml', 'jsonl']),
  origin: z.record(z.string(), z.string()),
  description: z.string().nullable(),
  licences: z.array(z.string()),
  declared: z.object({
    origin: z.enum(['human', 'synthetic', 'mixed', 'unknown']),
    basis: z.string(),
    licence: z.string().nullable(),
    evidence: digestField.nullable(),
  }),
  claims: z.array(
    z.object({
      kind: z.literal('collected-later'),
      statement: z.string(),
      verdict: z.enum(['confirmed', 'contradicted', 'untested']),
      medians: z.record(z.string(), z.string().nullable()),
    }),
  ),
  counts: z.object({ records: z.number(), bytes: z.number(), broken: countsField, folders: countsField }),
  period: z.object({ first: z.string().nullable(), last: z.string().nullable() }),
  rawDigest: digestField,
});
