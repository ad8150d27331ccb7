import { sql } from 'drizzle-orm';
import { withDatabaseErrors } from '../database-error.js';
import type { Database } from '../pool.js';

export interface Candidate {
  principal: string;
  displayName: string;
  roles: string[];
}

const MOST = 200;

/** Who is asked at this moment: whoever is named or holds one of the roles now, and is not left out; the first 200. */
export const taskCandidates = (db: Database, taskId: string): Promise<Candidate[]> =>
  withDatabaseErrors(async () => {
    const { rows } = await db.execute<Record<string, unknown> & Candidate>(sql`
      select p.id as principal, p.display_name as "displayName",
        coalesce(array_agg(g.role order by g.role) filter (where g.role is not null), '{}') as roles
      from task t
      join principal p on true
      left join role_grant g on g.principal = p.id and g.project = t.project and g.revoked_at is null
        and g.role = any (t.candidate_roles)
      where t.id = ${taskId} and p.kind = 'person' and not p.id = any (t.excluded_people)
        and (g.role is not null or p.id = any (t.candidate_people))
      group by p.id order by p.id limit ${MOST}`);
    return rows.map(({ principal, displayName, roles }) => ({ principal, displayName, roles }));
  });
