import type { Digest } from '../kernel/digest.js';
import { digestOf } from './canonical.js';

export const EVIDENCE_KINDS = [
  'source-card',
  'dataset',
  'data-answers',
  'training',
  'base-model',
  'base-import',
  'evaluation',
  'gate-verdicts',
  'approval-subject',
  'release',
  'monitor-window',
  'recreation',
  'fact-check',
] as const;
export type EvidenceKind = (typeof EVIDENCE_KINDS)[number];

/**
 * An immutable fact about a subject. Its id is the digest of its canonical JSON; times, costs, who and durations
 * therefore never stand in a body (they belong to `evidence_use` and the audit log).
 */
export interface Evidence {
  kind: EvidenceKind;
  subject: Digest;
  producer: { name: string; version: string };
  inputs: Digest[];
  body: Record<string, unknown>;
}

export const evidenceId = (evidence: Evidence): Digest =>
  digestOf({
    kind: evidence.kind,
    subject: evidence.subject,
    producer: evidence.producer,
    inputs: evidence.inputs,
    body: evidence.body,
  });
