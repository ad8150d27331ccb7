import { sql } from 'drizzle-orm';
import { validUntil } from '../../domain/approvals/may-serve.js';
import type { ApprovalRequest } from '../../domain/ports/approval-store.js';
import { WORKER_ACTOR } from '../audit/actions.js';
import { recordEvent } from '../audit/record-event.js';
import { withDatabaseErrors } from '../database-error.js';
import type { Database } from '../pool.js';

interface Serving extends Record<string, unknown> {
  id: string;
  project: string;
  runId: string;
  alias: string;
  terms: ApprovalRequest['terms'];
  closedAt: Date;
  now: Date;
}

/**
 * Says once of each approval that serves, and that ran out by its policy, that it has to be renewed.
 * @returns how many were found.
 */
export const noteLapsed = (db: Database): Promise<number> =>
  withDatabaseErrors(async () => {
    const { rows } = await db.execute<Serving>(sql`
      select r.id, r.project, r.run_id as "runId", a.alias, r.terms, r.closed_at as "closedAt", clock_timestamp() as now
      from alias_route a join approval_request r on r.id = a.request_id
      where r.state = 'approved' and r.terms -> 'policy' ? 'validity'
        and not exists (select 1 from audit_event e where e.event_key = 'approval.lapsed/' || r.id)`);
    const lapsed = rows.filter(({ terms, closedAt, now }) => {
      const until = validUntil({ terms }, new Date(closedAt).toISOString());
      return until !== null && Date.parse(until) <= new Date(now).getTime();
    });
    for (const { id: subject, project, runId, alias, terms } of lapsed) {
      const details = { runId, alias, whenEnded: terms.policy.validity?.whenEnded };
      const event = { project, actor: WORKER_ACTOR, action: 'approval.lapsed', subject } as const;
      await db.transaction((tx) => recordEvent(tx, { ...event, details }));
    }
    return lapsed.length;
  });
