import { canonicalJson } from '../evidence/canonical.js';
import { leafHash } from '../evidence/merkle.js';

/** An event as it is chained and exported: exactly these keys. */
export interface EventContent {
  id: number;
  /** ISO 8601 in UTC with microseconds, as Postgres keeps it. */
  at: string;
  project: string | null;
  actor: string;
  action: string;
  subject: string;
  details: Record<string, unknown>;
  eventKey: string;
}

/** RFC 6962 leaf: SHA-256(0x00 ‖ JCS(event)). */
export function eventLeafHash(event: EventContent): Buffer {
  const { id, at, project, actor, action, subject, details, eventKey } = event;
  return leafHash(Buffer.from(canonicalJson({ id, at, project, actor, action, subject, details, eventKey })));
}
