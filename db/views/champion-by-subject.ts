import { sql } from 'drizzle-orm';
import { modelSubject } from '../../domain/approvals/bound-model.js';
import type { Digest } from '../../domain/kernel/digest.js';
import type { TrainedModel } from '../../domain/ports/trainer.js';
import { withDatabaseErrors } from '../database-error.js';
import type { Database } from '../pool.js';

/** A version that was champion of an alias. */
export interface FormerChampion {
  versionId: string;
  runId: string;
  /** Whether it is champion now. */
  isLive: boolean;
}

/** The version that evidence names only by its subject, among all that were ever champion of this alias. */
export const championBySubject = (
  db: Database,
  { project, alias, subject }: { project: string; alias: string; subject: Digest },
): Promise<FormerChampion | undefined> =>
  withDatabaseErrors(async () => {
    const { rows } = await db.execute<FormerChampion & { trained: TrainedModel } & Record<string, unknown>>(sql`
      select v.id as "versionId", v.run_id as "runId", v.trained,
        coalesce(v.id = (select champion from alias_route where project = ${project} and alias = ${alias}), false)
          as "isLive"
      from model_version v
      where v.project = ${project} and v.id in (
        select champion from alias_move where project = ${project} and alias = ${alias})
      order by v.number desc`);
    const found = rows.find(({ trained }) => modelSubject(trained) === subject);
    return found && { versionId: found.versionId, runId: found.runId, isLive: found.isLive };
  });
