import { auditEvent } from '../schema/audit.js';
import type { Transaction } from '../pool.js';
import type { AuditAction } from './actions.js';
import { markEventful } from './announce.js';

export interface NewEvent {
  project: string | null;
  /** A principal's id, or the part of Assay that acted. */
  actor: string;
  action: AuditAction;
  /** The id of what changed. */
  subject: string;
  /** Ids, digests, states, counts; never a text of a record. */
  details?: Record<string, unknown>;
  /** What makes a repeated change the same change; the action stands before it. Default: the subject. */
  key?: string;
}

/**
 * Writes an event in the transaction of the change that it tells of. A repeated key writes nothing.
 * @returns whether the event is new.
 */
export async function recordEvent(tx: Transaction, event: NewEvent): Promise<boolean> {
  const { project, actor, action, subject, details = {}, key = subject } = event;
  const rows = await tx
    .insert(auditEvent)
    .values({ project, actor, action, subject, details, eventKey: `${action}/${key}` })
    .onConflictDoNothing({ target: auditEvent.eventKey })
    .returning({ id: auditEvent.id });
  if (rows.length > 0) markEventful(tx);
  return rows.length > 0;
}
