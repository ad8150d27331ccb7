import { sql } from 'drizzle-orm';
import { withDatabaseErrors } from '../database-error.js';
import type { Database } from '../pool.js';

export interface Candidate {
  principal: string;
  displayName: string;
  roles: string[];
}

const MOST = 200;

/**
 * Who is asked at this moment: whoever is named, holds one of the roles now, or may sign for somebody who does, and is
 * not left out; the first 200.
 */
export const taskCandidates = (db: Database, taskId: string): Promise<Candidate[]> =>
  withDatabaseErrors(async () => {
    const { rows } = await db.execute<Record<string, unknown> & Candidate>(sql`
      select p.id as principal, p.display_name as "displayName",
        array_remove(array_agg(distinct held.role), null) as roles
      from task t
      join principal p on p.kind = 'person' and not p.id = any (t.excluded_people)
      left join (
        select g.principal, g.project, g.role, false as is_lent from role_grant g where g.revoked_at is null
        union all
        select l.delegate, l.project, l.role, true from delegation l
        join role_grant g on g.principal = l.delegator and g.project = l.project and g.role = l.role
          and g.revoked_at is null
        where l.revoked_at is null and clock_timestamp() >= l.starts_at and clock_timestamp() < l.ends_at) held
        on held.principal = p.id and held.project = t.project and held.role = any (t.candidate_roles)
          and (t.kind = 'approval' or not held.is_lent)
      where t.id = ${taskId} and (held.role is not null or p.id = any (t.candidate_people))
      group by p.id order by p.id limit ${MOST}`);
    return rows.map(({ principal, displayName, roles }) => ({ principal, displayName, roles }));
  });
