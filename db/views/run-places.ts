import { sql } from 'drizzle-orm';
import type { Stage } from '../../domain/kernel/states.js';
import { withDatabaseErrors } from '../database-error.js';
import type { Database } from '../pool.js';

/** Where a run stands: the stage that began last, and what it waits for there. */
export interface RunPlace {
  runId: string;
  stage: Stage;
  waitingFor: string | null;
}

/** Where these runs stand, by run; one that has begun no stage is left out. */
export const runPlaces = (db: Database, runIds: readonly string[]): Promise<Map<string, RunPlace>> =>
  withDatabaseErrors(async () => {
    const { rows } = await db.execute<RunPlace & Record<string, unknown>>(sql`
      select distinct on (run_id) run_id as "runId", stage, waiting_for as "waitingFor"
      from stage_run where run_id = any(${sql.param(runIds)}::text[])
      order by run_id, started_at desc`);
    return new Map(rows.map((place) => [place.runId, place]));
  });
