import { sql } from 'drizzle-orm';

/** The columns of `audit_event e` that make an `EventContent`. */
export const EVENT_CONTENT_COLUMNS = sql`e.id::float8 as "id",
  to_char(e.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as "at",
  e.project, e.actor, e.action, e.subject, e.details, e.event_key as "eventKey"`;
