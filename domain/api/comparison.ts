import { z } from 'zod';
import { GATE_VERDICTS } from '../kernel/states.js';
import { digestField } from './fields.js';

const intervalField = z.tuple([z.number(), z.number()]);

/** What is not known is said with its reason, never made up. */
const unknownSchema = z.object({ status: z.literal('unknown'), reason: z.string() });
const knownOr = <Shape extends z.ZodRawShape>(shape: Shape) =>
  z.discriminatedUnion('status', [z.object({ status: z.literal('known'), ...shape }), unknownSchema]);

/** A value with its two-sided interval at 95 % and the number of items; `reason` where nothing was measured. */
const valueSchema = z.object({
  value: z.number().nullable(),
  interval: intervalField.nullable(),
  n: z.number().nullable(),
  reason: z.string().nullable(),
});

/** Candidate minus champion, on the same items. */
const differenceSchema = z.object({ value: z.number(), interval: intervalField, n: z.number() }).nullable();

const gateSchema = z.object({
  task: z.string(),
  metric: z.string(),
  kind: z.enum(['at-least', 'no-worse-than-champion']),
  verdict: z.enum(GATE_VERDICTS),
  statistic: z.number().nullable(),
  /** Both one-sided bounds, each at `confidence`. */
  interval: intervalField.nullable(),
  limit: z.number(),
  confidence: z.number(),
  n: z.number(),
  /** How many items would decide it; null where no number would. */
  neededItems: z.number().nullable(),
  reason: z.string(),
  candidate: z.number().nullable(),
  champion: z.number().nullable(),
  difference: differenceSchema,
});

const metricSchema = z.object({
  metric: z.string(),
  higherIsBetter: z.boolean(),
  candidate: valueSchema,
  champion: valueSchema.nullable(),
  difference: differenceSchema,
});

/** Items of one expected answer, and which share of them was answered rightly. */
const sliceSchema = z.object({
  label: z.string(),
  n: z.number(),
  candidate: z.number(),
  champion: z.number(),
  difference: z.number(),
  interval: intervalField,
  /** `worse`: the whole interval lies below 0. */
  standing: z.enum(['worse', 'better', 'undecided']),
});

/** An item that the champion answered rightly and the candidate wrongly. Its text is masked and cut. */
const regressionSchema = z.object({
  item: digestField,
  expected: z.string(),
  candidate: z.string(),
  champion: z.string(),
  text: z.string().nullable(),
});

const taskSchema = z.object({
  id: z.string(),
  description: z.string(),
  evidence: digestField,
  metrics: z.array(metricSchema),
  slices: knownOr({ slices: z.array(sliceSchema), more: z.number() }),
  regressions: knownOr({ lost: z.number(), won: z.number(), worst: z.array(regressionSchema) }),
});

const splitSideSchema = z
  .object({ datasetId: digestField, records: z.number(), labels: z.record(z.string(), z.number()) })
  .nullable();

const splitSchema = z.object({
  name: z.string(),
  candidate: splitSideSchema,
  champion: splitSideSchema,
  /** Records that only one of the two has; null where nobody has compared them. */
  added: z.number().nullable(),
  removed: z.number().nullable(),
});

/** Values as canonical JSON, cut; null where there is none. */
const changeSchema = z.object({ path: z.string(), champion: z.string().nullable(), candidate: z.string().nullable() });

const costSchema = z.object({ costMicroUsd: z.number(), tokens: z.number(), basis: z.string() });
const latencySchema = knownOr({ requests: z.number(), p50Milliseconds: z.number(), p95Milliseconds: z.number() });

/** What is asked to be released, held against what serves, from evidence that was verified as it was read. */
export const comparisonSchema = z
  .object({
    requestId: z.string(),
    candidate: z.object({ versionId: z.string().nullable(), purpose: z.string() }),
    champion: knownOr({
      versionId: z.string(),
      runId: z.string(),
      /** False where another version serves by now. */
      isLive: z.boolean(),
    }),
    gates: z.array(gateSchema),
    tasks: z.array(taskSchema),
    data: knownOr({ splits: z.array(splitSchema), note: z.string().nullable() }),
    config: knownOr({ changes: z.array(changeSchema) }),
    cost: z.object({ candidate: costSchema, champion: costSchema.nullable() }),
    latency: z.object({ candidate: latencySchema, champion: latencySchema }),
  })
  .meta({ id: 'Comparison' });
export type Comparison = z.infer<typeof comparisonSchema>;
export type TaskComparison = Comparison['tasks'][number];
export type Slice = z.infer<typeof sliceSchema>;
export type Regression = z.infer<typeof regressionSchema>;
export type SplitDifference = z.infer<typeof splitSchema>;
export type PlanChange = z.infer<typeof changeSchema>;
