import { sql } from 'drizzle-orm';
import { withDatabaseErrors } from '../database-error.js';
import type { Database } from '../pool.js';

const DAYS = 7;

export interface ServedLatency {
  requests: number;
  p50Milliseconds: number;
  p95Milliseconds: number;
}

/** How long a version took to answer in the last seven days; undefined where it answered nothing. */
export const servedLatency = (
  db: Database,
  { project, versionId }: { project: string; versionId: string },
): Promise<ServedLatency | undefined> =>
  withDatabaseErrors(async () => {
    const { rows } = await db.execute<{ requests: number; p50: number | null; p95: number | null }>(sql`
      select count(*)::int as requests,
        percentile_disc(0.5) within group (order by latency_milliseconds) as p50,
        percentile_disc(0.95) within group (order by latency_milliseconds) as p95
      from served_request
      where project = ${project} and version_id = ${versionId} and outcome = 'answered'
        and day >= ((clock_timestamp() at time zone 'UTC')::date - ${DAYS}::int)`);
    const [row] = rows;
    if (row === undefined || row.p50 === null || row.p95 === null) return undefined;
    return { requests: row.requests, p50Milliseconds: row.p50, p95Milliseconds: row.p95 };
  });
