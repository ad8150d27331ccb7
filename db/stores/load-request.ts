import { eq, sql } from 'drizzle-orm';
import { LifecycleError } from '../../domain/kernel/errors.js';
import type { ApprovalRequest, RequestFile } from '../../domain/ports/approval-store.js';
import type { Database, Transaction } from '../pool.js';
import { approvalRequest } from '../schema/approval-request.js';

export type RequestRow = typeof approvalRequest.$inferSelect;

export function toRequest(row: RequestRow): ApprovalRequest {
  const { openedAt, expiresAt, closedAt: _closedAt, closedReason: _closedReason, ...request } = row;
  return { ...request, openedAt: openedAt.toISOString(), expiresAt: expiresAt.toISOString() };
}

/** @throws LifecycleError NOT_FOUND */
export async function findRequest(tx: Transaction, requestId: string): Promise<RequestRow> {
  const [row] = await tx.select().from(approvalRequest).where(eq(approvalRequest.id, requestId));
  if (row === undefined) throw noSuchRequest(requestId);
  return row;
}

/** A request with all that people signed on it. @throws LifecycleError NOT_FOUND */
export async function loadRequest(db: Database, requestId: string): Promise<RequestFile> {
  const file = (await loadRequests(db, [requestId])).get(requestId);
  if (file === undefined) throw noSuchRequest(requestId);
  return file;
}

/**
 * Requests with all that people signed on them, in the order in which it was stored, and what signers may do now; by
 * id. One statement, so that request, decisions and roles are as they were together.
 */
export async function loadRequests(db: Database, ids: readonly string[]): Promise<Map<string, RequestFile>> {
  if (ids.length === 0) return new Map();
  const { rows } = await db.execute<Record<string, unknown> & { file: RequestFile }>(sql`
    select jsonb_strip_nulls(jsonb_build_object('closed', case when r.closed_at is not null then
        jsonb_build_object('at', ${iso('r.closed_at')}, 'reason', coalesce(r.closed_reason, '')) end)) ||
      jsonb_build_object(
        'request', jsonb_build_object('id', r.id, 'runId', r.run_id, 'project', r.project, 'subject', r.subject,
          'terms', r.terms, 'subjectDigest', r.subject_digest, 'policyDigest', r.policy_digest,
          'openedAt', ${iso('r.opened_at')}, 'expiresAt', ${iso('r.expires_at')}, 'state', r.state),
        'decisions', coalesce((
          select jsonb_agg(jsonb_build_object('id', d.id, 'requestId', d.request_id, 'principal', d.principal,
            'isService', p.kind = 'service', 'stage', d.stage, 'role', d.role, 'verdict', d.verdict,
            'supersedes', d.supersedes, 'delegation', ${delegation}, 'envelope', d.envelope,
            'holdsRole', ${holdsRole('coalesce(d.on_behalf_of, d.principal)', 'coalesce(d.via, d.role)')})
            order by d.number)
          from decision d join principal p on p.id = d.principal left join delegation g on g.id = d.delegation
          where d.request_id = r.id), '[]'),
        'waivers', coalesce((
          select jsonb_agg(jsonb_build_object('id', w.id, 'requestId', w.request_id, 'question', w.question,
            'principal', w.principal, 'role', w.role, 'until', ${iso('w.until')}, 'envelope', w.envelope,
            'holdsRole', ${holdsRole('w.principal', 'w.role')}) order by w.number)
          from waiver w where w.request_id = r.id), '[]'),
        'now', ${iso('clock_timestamp()')}) as file
    from approval_request r where r.id = any (${sql.param([...new Set(ids)])}::text[])`);
  return new Map(rows.map(({ file }) => [file.request.id, file]));
}

/** As JavaScript writes a moment. */
const iso = (moment: string) => sql.raw(`to_char(${moment} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`);

/** Of the delegation `g`, where the decision names one. */
const delegation = sql`case when g.id is not null then jsonb_build_object('id', g.id, 'delegator', g.delegator,
    'delegate', g.delegate, 'role', g.role, 'from', ${iso('g.starts_at')}, 'until', ${iso('g.ends_at')},
    'revokedAt', ${iso('g.revoked_at')}, 'envelope', g.envelope) end`;

const holdsRole = (who: string, role: string) =>
  sql.raw(`exists (select 1 from role_grant held where held.principal = ${who} and held.role = ${role}
    and held.project = r.project and held.revoked_at is null)`);

const noSuchRequest = (requestId: string): LifecycleError =>
  new LifecycleError('NOT_FOUND', `There is no approval request ${requestId}.`, { request: requestId });
