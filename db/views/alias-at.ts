import { sql } from 'drizzle-orm';
import type { AliasRoute } from '../../domain/ports/registry-store.js';
import { withDatabaseErrors } from '../database-error.js';
import type { Database } from '../pool.js';

/** Where an alias pointed, by what was known. All moments are ISO 8601 in UTC with microseconds. */
export interface AliasAt {
  revision: number;
  routes: AliasRoute['routes'];
  champion: string | null;
  runId: string;
  requestId: string;
  reason: string;
  /** When it was put on file. */
  recordedAt: string;
  /** Since when it was so, and until when; null: still. */
  since: string;
  until: string | null;
  correction: { by: string; reason: string; at: string } | null;
}

export interface AliasAnswer {
  /** The database's clock. */
  now: string;
  /** Whether the moments that were asked about have not come yet. */
  isAhead: boolean;
  /** When the alias first pointed somewhere, by what was known; null: never. */
  first: string | null;
  found: AliasAt | null;
}

/**
 * Where an alias pointed at a moment (default: now), by what was known at another (default: now). Of moves that are so from the same
 * moment the later one counts. One query, by the index of the alias's moves.
 */
export const aliasAt = (
  db: Database,
  asked: { project: string; alias: string; at?: string | undefined; asKnownAt?: string | undefined },
): Promise<AliasAnswer> =>
  withDatabaseErrors(async () => {
    const { project, alias, at, asKnownAt } = asked;
    const { rows } = await db.execute<AliasAnswer & Record<string, unknown>>(sql`
      with clock as materialized (
        select clock_timestamp() as now
      ), asked as (
        select now, coalesce(${at ?? null}::timestamptz, now) as at,
          coalesce(${asKnownAt ?? null}::timestamptz, now) as known_at
        from clock
      ), known as (
        select m.*, c.id as correction_id, c.principal as corrected_by, c.reason as corrected_for, c.at as corrected_at,
          case when c.id is null then m.at else c.effective_at end as since
        from asked cross join alias_move m
        left join lateral (
          select c.* from alias_correction c
          where c.project = m.project and c.alias = m.alias and c.revision = m.revision and c.at <= asked.known_at
          order by c.id desc limit 1) c on true
        where m.project = ${project} and m.alias = ${alias} and m.at <= asked.known_at
      ), ordered as (
        select *, lead(since) over (order by since, revision) as until from known where since is not null
      ), found as (
        select o.* from ordered o cross join asked where o.since <= asked.at and (o.until is null or o.until > asked.at)
      )
      select ${iso('asked.now')} as "now", asked.at > asked.now or asked.known_at > asked.now as "isAhead",
        (select ${iso('min(since)')} from ordered) as "first",
        (select json_build_object('revision', revision, 'routes', routes, 'champion', champion, 'runId', run_id,
          'requestId', request_id, 'reason', reason, 'recordedAt', ${iso('found.at')}, 'since', ${iso('since')},
          'until', ${iso('until')}, 'correction', case when correction_id is null then null else json_build_object(
            'by', corrected_by, 'reason', corrected_for, 'at', ${iso('corrected_at')}) end) from found) as "found"
      from asked`);
    const [row] = rows;
    if (row === undefined) return { now: '', isAhead: false, first: null, found: null };
    const { now, isAhead, first, found } = row;
    return { now, isAhead, first, found };
  });

const iso = (column: string) => sql.raw(`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`);
