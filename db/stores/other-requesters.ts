import { sql } from 'drizzle-orm';
import type { Database } from '../pool.js';

/**
 * Who asked for a run besides the one in whose name it is, each once, sorted: for the runs whose work it took over, and,
 * where it is a schedule's, for this very time of it (at once, or by a backfill).
 */
export async function otherRequesters(db: Database, runId: string): Promise<string[]> {
  const { rows } = await db.execute<{ principal: string }>(sql`
    select origin.requested_by as principal from stage_run s
    join lifecycle_run origin on origin.id = s.reused_from_run where s.run_id = ${runId}
    union
    select c.principal from lifecycle_run r
    join schedule_command c on c.project = r.project and c.schedule = r.schedule
    where r.id = ${runId} and (
      (c.kind = 'trigger' and date_trunc('second', c.at) = r.scheduled_for)
      or (c.kind = 'backfill'
        and r.scheduled_for between (c.details ->> 'from')::timestamptz and (c.details ->> 'to')::timestamptz))
    order by principal`);
  return rows.map(({ principal }) => principal);
}
