import { z } from 'zod';
import { EVIDENCE_KINDS } from '../evidence/evidence.js';
import { digestField } from './fields.js';

/** A piece of evidence with its id: whoever has it can take the digest again. */
export const evidenceViewSchema = z
  .object({
    id: digestField,
    evidence: z.object({
      kind: z.enum(EVIDENCE_KINDS),
      subject: digestField,
      producer: z.object({ name: z.string(), version: z.string() }),
      inputs: z.array(digestField),
      body: z.record(z.string(), z.unknown()),
    }),
  })
  .meta({ id: 'EvidenceFact' });
export type EvidenceView = z.infer<typeof evidenceViewSchema>;
