import { sql } from 'drizzle-orm';
import type { WindowFacts } from '../../domain/checklist/facts.js';
import type { Move } from '../../domain/checklist/serving-periods.js';
import type { Digest } from '../../domain/kernel/digest.js';
import { withDatabaseErrors } from '../database-error.js';
import type { Database } from '../pool.js';

/** Moves and windows that are looked at; older ones are left out. */
const MOST = 500;

/** What is on record of a version in service. */
export interface VersionService {
  /** All moves of the aliases that ever pointed at it, oldest first. */
  moves: Move[];
  /** Looks at the traffic of which it was champion, oldest first. */
  windows: WindowFacts[];
  /** Evidence of the latest try to make it again; null where nobody has tried. */
  recreation: Digest | null;
  /** The database's clock, ISO 8601. */
  now: string;
}

/** How a version was served, and what was seen of its traffic. */
export const versionService = (db: Database, project: string, versionId: string): Promise<VersionService> =>
  withDatabaseErrors(async () => {
    const [moves, windows, recreations, clock] = await Promise.all([
      db.execute<Move & Record<string, unknown>>(sql`
        select * from (
          select m.alias, m.revision, m.routes, m.champion, m.request_id as "requestId", ${isoOf(sql`m.at`)} as at
          from alias_move m
          where m.project = ${project} and m.alias in (
            select alias from alias_move
            where project = ${project} and routes @> ${JSON.stringify([{ versionId }])}::jsonb)
          order by m.revision desc limit ${MOST}) latest
        order by revision`),
      db.execute<WindowFacts & Record<string, unknown>>(sql`
        select evidence, alias, at, items, labelled, verdict from (
          select w.number, w.evidence, w.alias, ${isoOf(sql`w.recorded_at`)} as at, w.items, w.labelled, w.verdict
          from monitor_window w join evidence e on e.id = w.evidence
          where w.project = ${project} and e.content::jsonb #>> '{body,versionId}' = ${versionId}
          order by w.number desc limit ${MOST}) latest
        order by number`),
      db.execute<{ id: Digest }>(sql`
        select e.id from lifecycle_run r
        join evidence_use u on u.run_id = r.id
        join evidence e on e.id = u.evidence and e.kind = 'recreation'
        where r.project = ${project} and r.recreates = ${versionId}
        order by u.at desc limit 1`),
      db.execute<{ now: string }>(sql`select ${isoOf(sql`clock_timestamp()`)} as now`),
    ]);
    return {
      moves: moves.rows,
      windows: windows.rows,
      recreation: recreations.rows[0]?.id ?? null,
      now: clock.rows[0]?.now ?? '',
    };
  });

/** A moment as ISO 8601 in UTC with milliseconds. */
const isoOf = (moment: ReturnType<typeof sql>) =>
  sql`to_char(${moment} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
