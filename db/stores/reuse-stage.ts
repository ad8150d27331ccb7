import { and, eq, isNull, sql } from 'drizzle-orm';
import { LifecycleError } from '../../domain/kernel/errors.js';
import type { Digest } from '../../domain/kernel/digest.js';
import { isBefore, type ForkStage, type ReusableStage, type Stage } from '../../domain/kernel/states.js';
import type { LeftBehind, StageOrigin } from '../../domain/ports/run-store.js';
import type { Database, Transaction } from '../pool.js';
import { clock } from '../schema/columns.js';
import { evidenceUse } from '../schema/evidence.js';
import { lifecycleRun } from '../schema/lifecycle-run.js';
import { modelVersion } from '../schema/model-version.js';
import { stageRun } from '../schema/stage-run.js';
import { register } from './registry-store.js';
import { recordStageEvent } from './stage-status.js';
import { recordUse } from './store-evidence.js';

interface Asked {
  runId: string;
  stage: ReusableStage;
  reuseKey: Digest | null;
}

/**
 * The run whose result may stand for a stage. Before the stage of a fork it is the run that the fork goes on from; that
 * stage itself is always done; and everywhere else a result under the same key counts, where the run lets it.
 */
export async function findOrigin(db: Database, { runId, stage, reuseKey }: Asked): Promise<StageOrigin | null> {
  const { rows } = await db.execute<{ from: ForkStage | null; parent: string | null; twin: string | null }>(sql`
    select r.forked_from_stage as "from",
      (select coalesce(p.reused_from_run, p.run_id) from stage_run p
        where p.run_id = r.forked_from_run and p.stage = ${stage} and p.status = 'succeeded') as parent,
      (select s.run_id from stage_run s join lifecycle_run o on o.id = s.run_id
        where r.may_reuse and s.reuse_key = ${reuseKey} and s.stage = ${stage} and s.status = 'succeeded'
          and s.reused_from_run is null and s.result is not null and o.project = r.project
        order by s.ended_at desc limit 1) as twin
    from lifecycle_run r where r.id = ${runId}`);
  const { from = null, parent = null, twin = null } = rows[0] ?? {};
  if (from !== null && isBefore(stage, from)) return parent === null ? null : { runId: parent, kind: 'fork' };
  return twin === null || stage === from ? null : { runId: twin, kind: 'content' };
}

/** What a stage that succeeded left. @throws LifecycleError NOT_FOUND */
export async function leftBy(tx: Transaction, runId: string, stage: ReusableStage): Promise<LeftBehind> {
  const [row] = await tx
    .select({ result: stageRun.result })
    .from(stageRun)
    .where(and(eq(stageRun.runId, runId), eq(stageRun.stage, stage), eq(stageRun.status, 'succeeded')));
  if (!row?.result) throw new LifecycleError('NOT_FOUND', `${stage} of ${runId} left nothing to go on from.`);
  const used = await tx
    .select({ evidence: evidenceUse.evidence })
    .from(evidenceUse)
    .where(and(eq(evidenceUse.runId, runId), eq(evidenceUse.stage, stage)));
  const [version] = stage === 'fine-tune' ? await versionOf(tx, runId) : [];
  return {
    result: { ...row.result },
    evidence: used.map(({ evidence }) => evidence),
    trained: version?.trained ?? null,
  };
}

/** Ends a stage with what its origin left. A repeated call changes nothing. @returns the result, as this run's */
export async function reuseStage(
  tx: Transaction,
  { runId, stage, origin }: { runId: string; stage: ReusableStage; origin: StageOrigin },
): Promise<Record<string, unknown>> {
  const { result, evidence } = await leftBy(tx, origin.runId, stage);
  const reused = await tx
    .update(stageRun)
    .set({
      status: 'succeeded',
      waitingFor: null,
      summary: sql`(select summary from stage_run o where o.run_id = ${origin.runId} and o.stage = ${stage})`,
      result,
      reusedFromRun: origin.runId,
      reusedKind: origin.kind,
      endedAt: clock,
    })
    .where(and(eq(stageRun.runId, runId), eq(stageRun.stage, stage), isNull(stageRun.endedAt)))
    .returning({ runId: stageRun.runId });
  const version = stage === 'fine-tune' ? { versionId: await registerAgain(tx, runId, origin.runId) } : {};
  if (reused.length === 0) return { ...result, ...version };
  await recordUse(tx, { runId, stage, evidence });
  const details = { status: 'succeeded', evidence, reusedFrom: origin };
  await recordStageEvent(tx, { action: 'stage.finished', runId, stage, details });
  return { ...result, ...version };
}

/** The same model, as a version of another run: with an evaluation and an approval of its own. */
async function registerAgain(tx: Transaction, runId: string, originId: string): Promise<string> {
  const [version] = await versionOf(tx, originId);
  const [run] = await tx.select({ name: lifecycleRun.name }).from(lifecycleRun).where(eq(lifecycleRun.id, runId));
  if (version === undefined || run === undefined)
    throw new LifecycleError('NOT_FOUND', `There is no model version of ${originId} for ${runId}.`);
  const { project, trained, baseModel, evidence } = version;
  return (await register(tx, { project, name: run.name, runId, trained, baseModel, evidence })).id;
}

const versionOf = (tx: Transaction, runId: string) =>
  tx.select().from(modelVersion).where(eq(modelVersion.runId, runId));

/** The run that did the work of a stage. */
export async function doneBy(db: Database, runId: string, stage: Stage): Promise<string> {
  const [row] = await db
    .select({ origin: stageRun.reusedFromRun })
    .from(stageRun)
    .where(and(eq(stageRun.runId, runId), eq(stageRun.stage, stage)));
  return row?.origin ?? runId;
}
