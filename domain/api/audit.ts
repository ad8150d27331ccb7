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
