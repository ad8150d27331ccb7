import { sql } from 'drizzle-orm';
import { withDatabaseErrors } from '../database-error.js';
import type { Database } from '../pool.js';

/** The projects whose runs, monitor windows, imports or tasks used a piece of evidence. */
export const evidenceProjects = (db: Database, evidenceId: string): Promise<string[]> =>
  withDatabaseErrors(async () => {
    const { rows } = await db.execute<{ project: string }>(sql`
      select r.project from evidence_use u join lifecycle_run r on r.id = u.run_id where u.evidence = ${evidenceId}
      union
      select w.project from monitor_window w where w.evidence = ${evidenceId}
      union
      select i.project from base_import i where i.evidence = ${evidenceId}
      union
      select t.project from task t where t.evidence = ${evidenceId}`);
    return rows.map(({ project }) => project);
  });
