import { z } from 'zod';

/**
 * One entry of the audit log in leaf order. `event` is null where it belongs to a project that the viewer may not see:
 * its leaf hash (64 hex digits) still lets the tree be recomputed.
 */
export const auditEntrySchema = z
  .object({
    leafIndex: z.number().int(),
    leafHash: z.string(),
    event: z
      .object({
        id: z.number().int(),
        at: z.string(),
        project: z.string().nullable(),
        actor: z.string(),
        action: z.string(),
        subject: z.string(),
        details: z.record(z.string(), z.unknown()),
        eventKey: z.string(),
      })
      .nullable(),
  })
  .meta({ id: 'AuditEntry' });
export type AuditEntry = z.infer<typeof auditEntrySchema>;

/** `next` is the `after` of the following page; null at the end. */
export const auditPageSchema = z
  .object({ entries: z.array(auditEntrySchema), next: z.number().int().nullable() })
  .meta({ id: 'AuditPage' });
export type AuditPage = z.infer<typeof auditPageSchema>;

/** 32 bytes as 64 hex digits, as `leafHash` is. */
const hashSchema = z.string().regex(/^[0-9a-f]{64}$/);
const sizeSchema = z.number().int().min(1);

/** Whose signatures the log's checkpoints bear; a log whose key was changed has several, the present one first. */
export const auditKeySchema = z
  .object({
    origin: z.string(),
    vkey: z.string().meta({ description: 'A verifier key as c2sp.org/signed-note writes it.' }),
    keys: z.array(z.object({ vkey: z.string(), since: z.iso.datetime() })).min(1),
  })
  .meta({ id: 'AuditKey' });
export type AuditKey = z.infer<typeof auditKeySchema>;

export const auditCheckpointSchema = z
  .object({
    size: sizeSchema.meta({ description: 'How many entries it signs: 0 to size − 1.' }),
    root: hashSchema,
    note: z.string().meta({ description: 'A checkpoint of c2sp.org/tlog-checkpoint in a signed note.' }),
    at: z.iso.datetime(),
  })
  .meta({ id: 'AuditCheckpoint' });
export type AuditCheckpoint = z.infer<typeof auditCheckpointSchema>;

/** `next` is the `after` of the following page; null at the end. */
export const auditCheckpointPageSchema = z
  .object({ checkpoints: z.array(auditCheckpointSchema), next: z.number().int().nullable() })
  .meta({ id: 'AuditCheckpointPage' });
export type AuditCheckpointPage = z.infer<typeof auditCheckpointPageSchema>;

/** RFC 6962, 2.1.1: from the leaf's neighbour upwards. */
export const inclusionProofSchema = z
  .object({
    leafIndex: z.number().int().min(0),
    leafHash: hashSchema,
    size: sizeSchema,
    root: hashSchema,
    proof: z.array(hashSchema),
  })
  .meta({ id: 'InclusionProof' });
export type InclusionProof = z.infer<typeof inclusionProofSchema>;

/** RFC 6962, 2.1.2: that the first `from` entries of the log of `to` entries are those of the log of `from`. */
export const consistencyProofSchema = z
  .object({ from: sizeSchema, fromRoot: hashSchema, to: sizeSchema, toRoot: hashSchema, proof: z.array(hashSchema) })
  .meta({ id: 'ConsistencyProof' });
export type ConsistencyProof = z.infer<typeof consistencyProofSchema>;
