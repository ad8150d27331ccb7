import { sql } from 'drizzle-orm';
import type { Stage } from '../../domain/kernel/states.js';
import { withDatabaseErrors } from '../database-error.js';
import type { Database } from '../pool.js';

export interface RunLogEntry {
  /** Where a reader who has seen it goes on. */
  cursor: string;
  at: Date;
  stage: Stage | null;
  /** A state change of the run, or what its provider told. */
  kind: 'state' | 'training';
  /** Of a state change: as in the audit log. */
  action: string | null;
  message: string | null;
  details: Record<string, unknown>;
}

export interface RunLogPage {
  entries: RunLogEntry[];
  /** Whether the run has ended and nothing follows. */
  isComplete: boolean;
}

const CURSOR = /^(\d{1,20})\.([at])\.(\d{1,18})$/;
export const isRunLogCursor = (text: string): boolean => CURSOR.test(text);

/**
 * State changes and training events of a run in the order in which they were committed, after a cursor. Only what no
 * transaction still open can come before is shown (or what a restored database brought along), so a reader misses nothing.
 */
export const runLog = (
  db: Database,
  asked: { runId: string; after: string | undefined; stage: Stage | undefined; limit: number },
): Promise<RunLogPage> =>
  withDatabaseErrors(async () => {
    const { runId, after, stage, limit } = asked;
    const [, xid = '0', origin = 'a', id = '0'] = CURSOR.exec(after ?? '') ?? [];
    const place = sql`(${xid}::xid8, ${origin}::text, ${id}::bigint)`;
    const isSettled = sql`(e.xid < pg_snapshot_xmin(pg_current_snapshot()) or e.xid >= pg_snapshot_xmax(pg_current_snapshot()))`;
    const isOfStage = (column: ReturnType<typeof sql>) => (stage === undefined ? sql`true` : sql`${column} = ${stage}`);
    const all = sql`
      select e.xid, 'a'::text as origin, e.id, e.at, e.details ->> 'stage' as stage, e.action,
        coalesce(r.summary ->> 'error', l.reason) as message, e.details
      from audit_event e
      left join stage_run r on e.action = 'stage.finished' and r.run_id = e.subject and r.stage = e.details ->> 'stage'
      left join lifecycle_run l on e.action = 'run.finished' and l.id = e.subject
      where e.subject = ${runId} and e.action ~ '^(run|stage|approval)[.]' and ${isOfStage(sql`e.details ->> 'stage'`)}
      union all
      select e.xid, 't', e.id, e.at, e.stage, null, e.message, e.data
      from run_event e where e.run_id = ${runId} and ${isOfStage(sql`e.stage`)}`;
    const { rows } = await db.execute<Row>(sql`
      with ended as (select ended_at is not null as yes from lifecycle_run where id = ${runId}),
        page as (select * from (${all}) e where ${isSettled} and (e.xid, e.origin, e.id) > ${place}
          order by e.xid, e.origin, e.id limit ${limit + 1})
      select (select yes from ended) and not exists (select 1 from (${all}) e where not ${isSettled}) as "isOver",
        page.xid::text as xid, page.origin, page.id::text as id, page.at, page.stage, page.action, page.message, page.details
      from (select 1) one left join page on true order by page.xid, page.origin, page.id`);
    const entries = rows
      .filter((row) => row.id !== null)
      .slice(0, limit)
      .map(toEntry);
    return { entries, isComplete: rows[0]?.isOver === true && rows.length <= limit };
  });

type Row = Record<string, unknown> & {
  isOver: boolean;
  xid: string;
  origin: 'a' | 't';
  id: string | null;
  at: string;
  stage: Stage | null;
  action: string | null;
  message: string | null;
  details: Record<string, unknown>;
};

const toEntry = ({ xid, origin, id, at, stage, action, message, details }: Row): RunLogEntry => ({
  cursor: `${xid}.${origin}.${id}`,
  at: new Date(at),
  stage,
  kind: origin === 'a' ? 'state' : 'training',
  action,
  message,
  details,
});
