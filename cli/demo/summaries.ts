import { z } from 'zod';
import { ANSWER_BASES, ANSWER_VERDICTS } from '../../domain/kernel/states.js';
import { gateLinesSchema } from '../gate-lines.js';

const interval = z.tuple([z.number(), z.number()]);
const count = z.record(z.string(), z.number());

/** What a stage leaves that failed (`error`) or could not go on (`reason`). */
export const cutShort = z.union([
  z.strictObject({ error: z.string(), reason: z.undefined().optional() }),
  z.strictObject({ reason: z.string(), error: z.undefined().optional() }),
]);

/** What finished stages leave for people (`RunView.stages[].summary`): the parts that the demo shows. */
export const collectSummary = z.object({
  sources: z.array(
    z.object({
      id: z.string(),
      counts: z.object({ records: z.number(), broken: count }),
      rawDigest: z.string(),
      claims: z.array(
        z.object({ statement: z.string(), verdict: z.string(), medians: z.record(z.string(), z.string().nullable()) }),
      ),
    }),
  ),
});

export const curateSummary = z.object({
  datasets: z.record(z.string(), z.object({ id: z.string(), records: z.number(), labels: count })),
  unused: count,
  answers: z.array(
    z.object({
      question: z.string(),
      verdict: z.enum(ANSWER_VERDICTS),
      basis: z.enum(ANSWER_BASES),
      reason: z.string(),
    }),
  ),
});

export const fineTuneSummary = z.object({
  jobId: z.string(),
  model: z.string(),
  weights: z.string(),
  losses: z.array(z.record(z.string(), z.number())),
  trainedTokens: z.number().nullable(),
});

/** A metric's value with its interval, or why there is none. */
export const measuredSchema = z.union([
  z.object({ status: z.literal('ok'), value: z.number(), n: z.number(), interval: interval.optional() }),
  z.object({ status: z.enum(['unmeasured', 'error']), reason: z.string() }),
]);
export type MeasuredValue = z.infer<typeof measuredSchema>;

const scoreSchema = z.object({
  metric: z.string(),
  candidate: measuredSchema,
  champion: measuredSchema.nullable(),
  difference: z.object({ difference: z.number(), interval, n: z.number() }).nullable(),
});
export type Score = z.infer<typeof scoreSchema>;

export const evaluateSummary = z.object({
  tasks: z.array(z.object({ task: z.string(), items: z.number(), scores: z.array(scoreSchema) })),
  gates: gateLinesSchema,
});

export const approveSummary = z.object({
  requestId: z.string(),
  outcome: z.string(),
  subjectDigest: z.string(),
  decisions: z.array(z.object({ principal: z.string(), role: z.string(), verdict: z.string() })),
  waivers: z.array(z.object({ question: z.string(), principal: z.string(), until: z.string() })),
});
export type ApproveSummary = z.infer<typeof approveSummary>;

export const deploySummary = z.object({
  alias: z.string(),
  versionId: z.string(),
  revision: z.number(),
  steps: z.array(z.object({ traffic: z.number() })),
});

export const monitorSummary = z.object({ monitor: z.string() });
