import { sql } from 'drizzle-orm';
import { canonicalJson } from '../../domain/evidence/canonical.js';
import { leafHash } from '../../domain/evidence/merkle.js';

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

/** The columns of `audit_event e` that make an `EventContent` and its row key. */
export const EVENT_CONTENT_COLUMNS = sql`e.id::float8 as "id",
  to_char(e.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as "at",
  e.project, e.actor, e.action, e.subject, e.details, e.event_key as "eventKey"`;

/** RFC 6962 leaf: SHA-256(0x00 ‖ JCS(event)). */
export function eventLeafHash(event: EventContent): Buffer {
  const { id, at, project, actor, action, subject, details, eventKey } = event;
  return leafHash(Buffer.from(canonicalJson({ id, at, project, actor, action, subject, details, eventKey })));
}
