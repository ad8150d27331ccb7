import { sql } from 'drizzle-orm';
import type { RetrainFacts } from '../../domain/ports/traffic-store.js';
import type { Transaction } from '../pool.js';

interface FactsRow extends Record<string, unknown> {
  championRunId: string | null;
  driftedWindows: number;
  newLabels: number;
  runningRunId: string | null;
  lastRetrainAt: Date | null;
  now: Date;
}

/** What is known of a model in one statement, so that all of it is of one moment. */
export async function readFacts(
  tx: Transaction,
  { project, name }: { project: string; name: string },
): Promise<Omit<RetrainFacts, 'trigger' | 'startedRunId'>> {
  const { rows } = await tx.execute<FactsRow>(sql`
    with champion as (
      select r.alias, v.run_id, run.created_at as requested_at,
        -- The last move that made it champion, not those that only shifted weights.
        (select max(m.at) from (
           select at, champion, lag(champion) over (order by revision) as before
           from alias_move where project = r.project and alias = r.alias
         ) m where m.champion = r.champion and m.before is distinct from m.champion) as live_at
      from alias_route r
      join model_version v on v.project = r.project and v.id = r.champion
      join lifecycle_run run on run.id = v.run_id
      where r.project = ${project} and v.name = ${name}
      order by r.moved_at desc limit 1
    ), judged as (
      select w.number, w.verdict from monitor_window w join champion c on w.alias = c.alias
      where w.project = ${project} and w.verdict <> 'too-few' and w.recorded_at > c.live_at
    )
    select
      (select run_id from champion) as "championRunId",
      (select count(*)::int from judged
        where number > coalesce((select max(number) from judged where verdict = 'no-drift'), 0)) as "driftedWindows",
      (select count(distinct coalesce(f.item_key, f.request_id))::int from feedback f
        join champion c on f.alias = c.alias
        where f.project = ${project} and f.at > c.requested_at) as "newLabels",
      (select id from lifecycle_run where project = ${project} and name = ${name}
        and status in ('requested', 'running', 'paused') order by created_at desc limit 1) as "runningRunId",
      (select max(created_at) from lifecycle_run
        where project = ${project} and name = ${name} and trigger_id is not null) as "lastRetrainAt",
      clock_timestamp() as "now"`);
  const row = rows[0] as FactsRow;
  const lastRetrainAt = row.lastRetrainAt === null ? null : new Date(row.lastRetrainAt).toISOString();
  return { ...row, lastRetrainAt, now: new Date(row.now).toISOString() };
}
