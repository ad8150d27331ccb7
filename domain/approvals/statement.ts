import { z } from 'zod';
import { DECISION_VERDICTS } from '../kernel/states.js';

export const DECISION_PAYLOAD_TYPE = 'application/vnd.assay.decision+json';
export const DELEGATION_PAYLOAD_TYPE = 'application/vnd.assay.delegation+json';
export const WAIVER_PAYLOAD_TYPE = 'application/vnd.assay.waiver+json';

const digest = z.string().regex(/^sha256:[0-9a-f]{64}$/);
const authn = z.strictObject({ method: z.string(), at: z.string(), acr: z.string().optional() });

const signer = {
  /** The installation that the request belongs to: a signature is worth nothing elsewhere. */
  instance: z.string(),
  requestId: z.string(),
  subjectDigest: digest,
  role: z.string(),
  reason: z.string(),
  principal: z.string(),
  authn,
  policyDigest: digest,
  decidedAt: z.string(),
};

/** What a person signs when they decide (design §7.4). */
export const decisionStatementSchema = z.strictObject({
  ...signer,
  stage: z.string(),
  verdict: z.enum(DECISION_VERDICTS),
  /** What the signature means, in the words shown to the signer (21 CFR 11.50). */
  meaning: z.string(),
  /** What an approval is given under; the signer's words. */
  conditions: z.array(z.string()).optional(),
  /** Whose voice it is, where the signer stands in for somebody. */
  onBehalfOf: z.strictObject({ principal: z.string(), delegation: z.string() }).optional(),
  /** The role by which they sign in the place of `role`, after an escalation. */
  via: z.string().optional(),
  /** The decision of the same person that this one takes back or replaces. */
  supersedes: z.string().optional(),
  /** Of a policy's own decision: the expression, and what it was asked about. */
  automatic: z.strictObject({ when: z.string(), inputs: z.record(z.string(), z.unknown()) }).optional(),
});
export type DecisionStatement = z.infer<typeof decisionStatementSchema>;

/** What a person signs when they waive one answer: for one purpose, until a date. */
export const waiverStatementSchema = z.strictObject({
  ...signer,
  question: z.string(),
  purpose: z.string(),
  until: z.string(),
});
export type WaiverStatement = z.infer<typeof waiverStatementSchema>;

/** What a person signs who lets another sign for them: in one role of one project, for a time. */
export const delegationStatementSchema = z.strictObject({
  instance: z.string(),
  project: z.string(),
  delegator: z.string(),
  delegate: z.string(),
  role: z.string(),
  from: z.string(),
  until: z.string(),
  reason: z.string(),
  authn,
  decidedAt: z.string(),
});
export type DelegationStatement = z.infer<typeof delegationStatementSchema>;
