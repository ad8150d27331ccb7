import { z } from 'zod';
import { measuredSchema } from '../checklist/evidence-bodies.js';
import { QUESTIONS } from '../checklist/questions.js';
import { GATE_VERDICTS, REQUEST_STATES } from '../kernel/states.js';
import { checklistAnswerSchema } from './checklist.js';
import { digestField } from './fields.js';

export const splitSchema = z.object({
  name: z.string(),
  datasetId: digestField,
  records: z.number(),
  labels: z.record(z.string(), z.number()),
});

/** What nobody has answered, or what is answered no; a waiver fills no gap. */
export const gapSchema = z.object({
  question: z.enum(QUESTIONS),
  verdict: z.enum(['unknown', 'fail']),
  reason: z.string(),
  waivedBy: z.string().nullable(),
  waivedUntil: z.string().nullable(),
});

/** Null or an empty list says that nothing is on record or disclosed. */
export const modelCardSchema = z
  .object({
    format: z.literal('assay/model-card/v1'),
    model: z.object({
      id: z.string(),
      name: z.string(),
      number: z.number(),
      purpose: z.string(),
      owners: z.array(z.string()),
      runId: z.string(),
      requestedBy: z.string(),
      planDigest: digestField,
      provider: z.string(),
      /** The provider's name for it: the provider's word. */
      providerModel: z.string(),
      weights: digestField.nullable(),
      /** What it is told with every input. */
      prompt: z.object({ from: z.string(), digest: digestField, text: z.string() }).nullable(),
    }),
    baseModel: z.object({
      id: z.string(),
      description: z.string().nullable(),
      trainingData: z.string().nullable(),
      licence: z.string().nullable(),
      limitations: z.array(z.string()),
      guarantees: z.string().nullable(),
      retirement: z.string().nullable(),
    }),
    training: z
      .object({
        evidence: digestField,
        dataset: digestField,
        seed: z.number().nullable(),
        hyperparameters: z.record(z.string(), z.union([z.number(), z.string()])),
        trainedTokens: z.number().nullable(),
        fineTuneMilliseconds: z.number().nullable(),
        steps: z.number(),
        firstLoss: z.number().nullable(),
        lastLoss: z.number().nullable(),
      })
      .nullable(),
    /** In place of a training, where nothing was trained: the evidence of that. */
    untrained: z.object({ evidence: digestField }).nullable(),
    data: z.object({ evidence: digestField.nullable(), sources: z.array(z.string()), splits: z.array(splitSchema) }),
    evaluations: z.array(
      z.object({
        evidence: digestField,
        task: z.string(),
        taskVersion: z.number(),
        scorer: z.string(),
        dataset: digestField,
        metric: z.string(),
        measured: measuredSchema,
      }),
    ),
    gates: z.array(
      z.object({
        task: z.string(),
        metric: z.string(),
        kind: z.string(),
        confidence: z.number(),
        verdict: z.enum(GATE_VERDICTS),
        reason: z.string(),
      }),
    ),
    approval: z
      .object({
        id: z.string(),
        state: z.enum(REQUEST_STATES),
        subjectDigest: digestField,
        policy: z.string(),
        decisions: z.array(z.object({ principal: z.string(), role: z.string(), verdict: z.string(), at: z.string() })),
      })
      .nullable(),
    deployment: z.array(
      z.object({
        alias: z.string(),
        from: z.string(),
        until: z.string().nullable(),
        weight: z.number(),
        isChampion: z.boolean(),
        requestId: z.string(),
        revision: z.number(),
      }),
    ),
    monitoring: z.object({
      windows: z.number(),
      drifted: z.number(),
      last: z.string().nullable(),
      quality: measuredSchema.nullable(),
    }),
    disclosure: z.object({ application: z.string(), notice: z.string(), acknowledge: z.string() }),
    checklist: z.array(checklistAnswerSchema),
    gaps: z.array(gapSchema),
  })
  .meta({ id: 'ModelCard' });
export type ModelCard = z.infer<typeof modelCardSchema>;
