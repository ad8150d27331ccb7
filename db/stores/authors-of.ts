import { sql } from 'drizzle-orm';
import type { RunAuthors } from '../../domain/ports/run-store.js';
import type { Database } from '../pool.js';

/** More people than this gave labels to no model; a request stays readable. */
const MOST = 1_000;

/** Who is on file as having made what a run uses; each list sorted. */
export async function authorsOf(db: Database, runId: string): Promise<RunAuthors> {
  const { rows } = await db.execute<{ part: keyof RunAuthors; principal: string }>(sql`
    with run as (select * from lifecycle_run where id = ${runId})
    select 'trainers' as part, origin.requested_by as principal
    from stage_run s join lifecycle_run origin on origin.id = s.reused_from_run
    where s.run_id = ${runId} and s.stage = 'fine-tune'
    union
    select 'dataAuthors', f.principal
    from run r cross join jsonb_array_elements(r.plan -> 'data' -> 'sources') source
    join feedback f on f.project = r.project and f.alias = source -> 'labels' ->> 'alias'
      and source -> 'labels' ->> 'by' = 'feedback'
      and f.at <= coalesce((select ended_at from stage_run where run_id = r.id and stage = 'curate'), clock_timestamp())
    union
    select 'recipeAuthors', p.author
    from run r join prompt_version p on p.project = r.project and p.id = r.plan -> 'model' -> 'prompt' ->> 'from'
    union
    select 'recipeAuthors', i.requested_by
    from run r join base_import i on i.project = r.project
      and i.name || '@' || i.number = r.plan -> 'model' -> 'base' -> 'import' ->> 'id'
    order by part, principal limit ${MOST}`);
  const of = (part: keyof RunAuthors): string[] =>
    rows.filter((row) => row.part === part).map(({ principal }) => principal);
  return { trainers: of('trainers'), dataAuthors: of('dataAuthors'), recipeAuthors: of('recipeAuthors') };
}
