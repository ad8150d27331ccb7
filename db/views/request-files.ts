import { sql } from 'drizzle-orm';
import type { RequestFile } from '../../domain/ports/approval-store.js';
import { withDatabaseErrors } from '../database-error.js';
import type { Database } from '../pool.js';

/** Several requests with what was signed on them, as `ApprovalStore.load` gives one; by id, in one statement. */
export const requestFiles = (db: Database, ids: readonly string[]): Promise<Map<string, RequestFile>> =>
  withDatabaseErrors(async () => {
    if (ids.length === 0) return new Map();
    const { rows } = await db.execute<Record<string, unknown> & RequestFile>(sql`
      select
        jsonb_build_object('id', r.id, 'runId', r.run_id, 'project', r.project, 'subject', r.subject, 'terms', r.terms,
          'subjectDigest', r.subject_digest, 'policyDigest', r.policy_digest, 'openedAt', ${iso('r.opened_at')},
          'expiresAt', ${iso('r.expires_at')}, 'state', r.state) as request,
        coalesce((
          select jsonb_agg(jsonb_build_object('id', d.id, 'requestId', d.request_id, 'principal', d.principal,
            'stage', d.stage, 'role', d.role, 'verdict', d.verdict, 'envelope', d.envelope,
            'holdsRole', ${holdsRole('d')}) order by d.number)
          from decision d where d.request_id = r.id), '[]') as decisions,
        coalesce((
          select jsonb_agg(jsonb_build_object('id', w.id, 'requestId', w.request_id, 'question', w.question,
            'principal', w.principal, 'role', w.role, 'until', ${iso('w.until')}, 'envelope', w.envelope,
            'holdsRole', ${holdsRole('w')}) order by w.number)
          from waiver w where w.request_id = r.id), '[]') as waivers,
        ${iso('clock_timestamp()')} as now
      from approval_request r where r.id = any (${sql.param([...new Set(ids)])}::text[])`);
    return new Map(rows.map((file) => [file.request.id, file]));
  });

/** As JavaScript writes a moment. */
const iso = (moment: string) => sql.raw(`to_char(${moment} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`);

const holdsRole = (signed: string) =>
  sql.raw(`exists (select 1 from role_grant g where g.principal = ${signed}.principal and g.role = ${signed}.role
    and g.project = r.project and g.revoked_at is null)`);
