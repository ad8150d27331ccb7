import { and, desc, eq, sql } from 'drizzle-orm';
import type { RequestFile } from '../../domain/ports/approval-store.js';
import { withDatabaseErrors } from '../database-error.js';
import type { Database } from '../pool.js';
import { approvalRequest } from '../schema/approval-request.js';
import { createApprovalStore } from './approval-store.js';

/**
 * The approved request of a run as it stood when it was closed: `now` is that moment and `holdsRole` says who held a
 * role then. Undefined where none of the run's requests was approved.
 */
export const createReleasedRequests =
  (db: Database) =>
  (runId: string): Promise<RequestFile | undefined> =>
    withDatabaseErrors(async () => {
      const [closed] = await db
        .select({ id: approvalRequest.id, closedAt: approvalRequest.closedAt })
        .from(approvalRequest)
        .where(and(eq(approvalRequest.runId, runId), eq(approvalRequest.state, 'approved')))
        .orderBy(desc(approvalRequest.closedAt))
        .limit(1);
      if (!closed?.closedAt) return undefined;
      const [file, held] = await Promise.all([createApprovalStore(db).load(closed.id), heldAtRelease(db, closed.id)]);
      const asItWas = <T extends { id: string }>(signed: T): T & { holdsRole: boolean } => ({
        ...signed,
        holdsRole: held.has(signed.id),
      });
      return {
        request: file.request,
        decisions: file.decisions.map(asItWas),
        waivers: file.waivers.map(asItWas),
        now: closed.closedAt.toISOString(),
      };
    });

/** The ids of decisions and waivers whose signer held the role when the request was closed. */
async function heldAtRelease(db: Database, requestId: string): Promise<Set<string>> {
  const { rows } = await db.execute<{ id: string }>(sql`
    select s.id
    from (select id, request_id, coalesce(on_behalf_of, principal) as principal, coalesce(via, role) as role
          from decision union all
          select id, request_id, principal, role from waiver) s
    join approval_request r on r.id = s.request_id
    where r.id = ${requestId} and exists (
      select 1 from role_grant g
      where g.principal = s.principal and g.role = s.role and g.project = r.project
        and g.granted_at <= r.closed_at and (g.revoked_at is null or g.revoked_at > r.closed_at))`);
  return new Set(rows.map(({ id }) => id));
}
