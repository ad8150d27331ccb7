import { z } from 'zod';
import { ANSWER_BASES, ANSWER_VERDICTS, DATA_QUESTIONS, DECISION_VERDICTS, REQUEST_STATES } from '../kernel/states.js';
import { digestField } from './fields.js';

const approvalSummarySchema = z
  .object({
    id: z.string(),
    runId: z.string(),
    project: z.string(),
    name: z.string(),
    state: z.enum(REQUEST_STATES),
    subjectDigest: digestField,
    openedAt: z.string(),
    expiresAt: z.string(),
  })
  .meta({ id: 'ApprovalSummary' });

export const approvalListSchema = z.object({ approvals: z.array(approvalSummarySchema) }).meta({ id: 'ApprovalList' });
export type ApprovalList = z.infer<typeof approvalListSchema>;

const policySchema = z.object({
  name: z.string(),
  version: z.number(),
  stages: z.array(z.object({ name: z.string(), roles: z.array(z.object({ role: z.string(), count: z.number() })) })),
  fourEyes: z.object({ excludeRequester: z.boolean() }),
  distinctPeople: z.boolean(),
  waivers: z.object({ role: z.string() }),
});

const subjectSchema = z.object({
  datasets: z.record(z.string(), digestField),
  baseModel: z.string(),
  /** Of `digest` and `jobId` at most one: neither for a base model as it is. */
  weights: z.object({
    provider: z.string(),
    model: z.string(),
    digest: digestField.exactOptional(),
    jobId: z.string().exactOptional(),
    /** Of the prompt's text. */
    prompt: digestField.exactOptional(),
    /** Evidence of the base model's import. */
    imported: digestField.exactOptional(),
  }),
  evaluations: z.array(digestField),
  gateVerdicts: digestField,
  dataAnswers: digestField,
  target: z.object({ kind: z.literal('gateway'), project: z.string(), alias: z.string() }),
});

const termsSchema = z.object({
  policy: policySchema,
  requester: z.string(),
  /** Who asked for the runs whose work this one took over. */
  alsoRequested: z.array(z.string()).optional(),
  answers: z.array(
    z.object({
      question: z.enum(DATA_QUESTIONS),
      verdict: z.enum(ANSWER_VERDICTS).exclude(['waived']),
      basis: z.enum(ANSWER_BASES),
      reason: z.string(),
    }),
  ),
  disclosure: z.object({ application: z.string(), notice: z.string(), acknowledge: z.string() }),
  quote: z.object({
    costMicroUsd: z.number(),
    tokens: z.number(),
    basis: z.string(),
    variance: z.string().optional(),
  }),
});

/** `problem`: why it does not verify or count, or null where it does. */
const signedViewSchema = z.object({
  id: z.string(),
  principal: z.string(),
  role: z.string(),
  reason: z.string().nullable(),
  at: z.string().nullable(),
  keyId: z.string().nullable(),
  problem: z.string().nullable(),
});

export const decisionViewSchema = signedViewSchema
  .extend({ stage: z.string(), verdict: z.enum(DECISION_VERDICTS) })
  .meta({ id: 'Decision' });
export type DecisionView = z.infer<typeof decisionViewSchema>;

export const waiverViewSchema = signedViewSchema
  .extend({
    question: z.string(),
    purpose: z.string().nullable(),
    until: z.string(),
  })
  .meta({ id: 'Waiver' });
export type WaiverView = z.infer<typeof waiverViewSchema>;

/** All that a signer sees: what is bound, who has signed, who is missing, and whether they may sign. */
export const approvalViewSchema = z
  .object({
    id: z.string(),
    runId: z.string(),
    project: z.string(),
    state: z.enum(REQUEST_STATES),
    subject: subjectSchema,
    terms: termsSchema,
    subjectDigest: digestField,
    policyDigest: digestField,
    openedAt: z.string(),
    expiresAt: z.string(),
    outcome: z.enum(['pending', 'approved', 'rejected']),
    missing: z.array(z.object({ stage: z.string(), role: z.string(), count: z.number() })),
    /** Questions that block and that nobody has waived. */
    unwaived: z.array(z.string()),
    /** False where subject or terms no longer have the digest that people sign. */
    isIntact: z.boolean(),
    decisions: z.array(decisionViewSchema),
    waivers: z.array(waiverViewSchema),
    viewer: z.object({
      principal: z.string(),
      /** The parts that they could sign now. */
      maySignAs: z.array(z.object({ stage: z.string(), role: z.string() })),
      mayWaive: z.boolean(),
      /** Why they cannot sign at all, or null where they can. */
      whyNot: z.string().nullable(),
    }),
  })
  .meta({ id: 'Approval' });
export type ApprovalView = z.infer<typeof approvalViewSchema>;
