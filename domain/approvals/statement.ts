import { z } from 'zod';
import { DECISION_VERDICTS } from '../kernel/states.js';

export const DECISION_PAYLOAD_TYPE = 'application/vnd.assay.decision+json';
export const WAIVER_PAYLOAD_TYPE = 'application/vnd.assay.waiver+json';

const digest = z.string().regex(/^sha256:[0-9a-f]{64}$/);
const signer = {
  /** The installation that the request belongs to: a signature is worth nothing elsewhere. */
  instance: z.string(),
  requestId: z.string(),
  subjectDigest: digest,
  role: z.string(),
  reason: z.string(),
  principal: z.string(),
  authn: z.strictObject({ method: z.string(), at: z.string() }),
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
