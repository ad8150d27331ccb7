import { z } from 'zod';
import {
  ANSWER_BASES,
  ANSWER_VERDICTS,
  DATA_QUESTIONS,
  DECISION_VERDICTS,
  REQUEST_STATES,
  RISKS,
} from '../kernel/states.js';
import { digestField } from './fields.js';
import { policySchema } from './policy.js';

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
  alsoRequested: z.array(z.string()).exactOptional(),
  /** Others who had a part, as far as the policy asks about it. */
  trainers: z.array(z.string()).exactOptional(),
  dataAuthors: z.array(z.string()).exactOptional(),
  recipeAuthors: z.array(z.string()).exactOptional(),
  /** What the team says of the risk of a release. */
  risk: z.enum(RISKS).exactOptional(),
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
  .extend({
    stage: z.string(),
    verdict: z.enum(DECISION_VERDICTS),
    /** The words of the signature. */
    meaning: z.string().nullable(),
    conditions: z.array(z.string()),
    /** Whom they stood in for. */
    onBehalfOf: z.string().nullable(),
    /** The role by which they signed in the place of `role`, after an escalation. */
    via: z.string().nullable(),
    /** The decision of theirs that it takes back or follows. */
    supersedes: z.string().nullable(),
    /** How and when they had proved who they are. */
    authn: z.object({ method: z.string(), at: z.string() }).nullable(),
    /** Of a policy's own decision: what it was asked about. */
    automatic: z.object({ when: z.string(), inputs: z.record(z.string(), z.unknown()) }).nullable(),
  })
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
    closedAt: z.string().nullable(),
    closedReason: z.string().nullable(),
    /** When the approval has to be renewed, where the policy says so. */
    validUntil: z.string().nullable(),
    outcome: z.enum(['pending', 'approved', 'rejected', 'changes-requested']),
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
      maySignAs: z.array(
        z.object({
          stage: z.string(),
          role: z.string(),
          via: z.string().nullable(),
          onBehalfOf: z.string().nullable(),
        }),
      ),
      /** What they have said and may take back. */
      said: z.array(z.object({ decisionId: z.string(), stage: z.string(), role: z.string(), verdict: z.string() })),
      /** Since when, at the longest, they must have proved who they are; null: the policy does not ask. */
      reauthenticate: z.string().nullable(),
      mayWaive: z.boolean(),
      /** Why they cannot sign at all, or null where they can. */
      whyNot: z.string().nullable(),
    }),
  })
  .meta({ id: 'Approval' });
export type ApprovalView = z.infer<typeof approvalViewSchema>;
