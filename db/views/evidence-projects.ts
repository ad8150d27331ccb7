import { sql } from 'drizzle-orm';
import { withDatabaseErrors } from '../database-error.js';
import type { Database } from '../pool.js';

/** The projects whose runs or monitor windows used a piece of evidence. */
export const evidenceProjects = (db: Database, evidenceId: string): Promise<string[]> =>
  withDatabaseErrors(async () => {
    const { rows } = await db.execute<{ project: string }>(sql`
      select r.project from evidence_use u join lifecycle_run r on r.id = u.run_id where u.evidence = ${evidenceId}
      union
      select w.project from monitor_window w where w.evidence = ${evidenceId}`);
    return rows.map(({ project }) => project);
  });
