import type { z } from 'zod';
import { compareText } from '../data/parsed-record.js';
import type { Evidence, EvidenceKind } from '../evidence/evidence.js';
import type { Digest } from '../kernel/digest.js';
import {
  baseModelBodySchema,
  dataAnswersSchema,
  datasetBodySchema,
  evaluationBodySchema,
  gatesSchema,
  importBodySchema,
  sourceCardSchema,
  trainingBodySchema,
} from './evidence-bodies.js';
import type { EvidenceOnFile, Known } from './facts.js';

/** Evidence with its id, in the order in which the run used it. */
export type Stored = { id: Digest; evidence: Evidence };

/**
 * Reads what a run left on file. A body of another shape is as good as none: its question is then `unknown`. Of a kind
 * that a run has once, the latest counts; source cards and evaluations stand by name.
 */
export function readEvidence(stored: readonly Stored[]): EvidenceOnFile {
  const all = <T>(kind: EvidenceKind, schema: z.ZodType<T>): Known<T>[] =>
    stored.filter(({ evidence }) => evidence.kind === kind).flatMap((one) => readBody(one, schema) ?? []);
  return {
    sourceCards: all('source-card', sourceCardSchema).sort((a, b) => compareText(a.body.id, b.body.id)),
    dataset: all('dataset', datasetBodySchema).at(-1) ?? null,
    dataAnswers: all('data-answers', dataAnswersSchema).at(-1) ?? null,
    training: all('training', trainingBodySchema).at(-1) ?? null,
    baseModel: all('base-model', baseModelBodySchema).at(-1) ?? null,
    imported: all('base-import', importBodySchema).at(-1) ?? null,
    evaluations: all('evaluation', evaluationBodySchema).sort((a, b) => compareText(a.body.task.id, b.body.task.id)),
    gates: all('gate-verdicts', gatesSchema).at(-1) ?? null,
  };
}

/** The body of a piece of evidence, or null where it has another shape. */
export function readBody<T>({ id, evidence }: Stored, schema: z.ZodType<T>): Known<T> | null {
  const parsed = schema.safeParse(evidence.body);
  return parsed.success ? { id, body: parsed.data } : null;
}
