import { and, eq, sql } from 'drizzle-orm';
import { LifecycleError } from '../../domain/kernel/errors.js';
import type { Digest } from '../../domain/kernel/digest.js';
import type { ForkStage } from '../../domain/kernel/states.js';
import type { LifecyclePlan } from '../../domain/lifecycle-file/plan.js';
import { recordEvent } from '../audit/record-event.js';
import { recreatedName } from '../../domain/recreation/recreated-name.js';
import type { Transaction } from '../pool.js';
import { lifecycleRun } from '../schema/lifecycle-run.js';

export interface NewRun {
  project: string;
  plan: LifecyclePlan;
  planDigest: Digest;
  /** A principal's id. */
  requestedBy: string;
  /** Unique in the project: the same key asks for the same run. */
  startKey: string;
  triggerId?: string;
  /** A model version of the project, made again by this run. */
  recreates?: string;
  /** Whether results of other runs may stand for stages with the same inputs. Default: they may, but for one that makes a model again. */
  mayReuse?: boolean;
  /** The run that this one goes on from: the stages before `stage` are taken from it. */
  forkedFrom?: { runId: string; stage: ForkStage };
  /** The schedule that starts it, and for which of its times. */
  scheduled?: { schedule: string; for: Date };
}

interface KnownRun {
  runId: string;
  planDigest: Digest;
  recreates: string | null;
  forkedFromRun: string | null;
  forkedFromStage: ForkStage | null;
}

/** Writes a requested run. @throws CONFLICT where the start key stands for a run of another plan. */
export async function insertRun(tx: Transaction, run: NewRun): Promise<{ runId: string; isNew: boolean }> {
  const { project, plan, planDigest, requestedBy, startKey, triggerId = null, recreates = null, forkedFrom } = run;
  const { mayReuse = recreates === null } = run;
  const fork = { forkedFromRun: forkedFrom?.runId ?? null, forkedFromStage: forkedFrom?.stage ?? null };
  const clockwork = { schedule: run.scheduled?.schedule ?? null, scheduledFor: run.scheduled?.for ?? null };
  const name = recreates === null ? plan.name : recreatedName(plan.name);
  // Looked up under a lock: a repeated request takes no number of the sequence.
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`start/${project}/${startKey}`}, 0))`);
  const known = await findByStartKey(tx, project, startKey);
  if (known !== undefined) return requireSamePlan(known, run);
  const [inserted] = await tx
    .insert(lifecycleRun)
    .values({
      project,
      name,
      requestedBy,
      startKey,
      plan,
      planDigest,
      triggerId,
      recreates,
      mayReuse,
      ...fork,
      ...clockwork,
    })
    .returning({ runId: lifecycleRun.id });
  if (inserted === undefined) throw new LifecycleError('INTERNAL', 'Postgres stored a run and named none.');
  const { runId } = inserted;
  const named = { name, planDigest, startKey, trigger: triggerId, ...(run.scheduled && clockwork) };
  const details = { ...named, ...(recreates !== null && { recreates }), ...(forkedFrom && { forkedFrom }) };
  await recordEvent(tx, { project, actor: requestedBy, action: 'run.requested', subject: runId, details });
  return { runId, isNew: true };
}

export async function findByStartKey(
  tx: Transaction,
  project: string,
  startKey: string,
): Promise<KnownRun | undefined> {
  const { id: runId, planDigest, recreates, forkedFromRun, forkedFromStage } = lifecycleRun;
  const [row] = await tx
    .select({ runId, planDigest, recreates, forkedFromRun, forkedFromStage })
    .from(lifecycleRun)
    .where(and(eq(lifecycleRun.project, project), eq(lifecycleRun.startKey, startKey)));
  return row;
}

function requireSamePlan(known: KnownRun, run: NewRun): { runId: string; isNew: boolean } {
  const { runId: parent = null, stage = null } = run.forkedFrom ?? {};
  const isSameFork = known.forkedFromRun === parent && known.forkedFromStage === stage;
  const isSameKind = isSameFork && known.recreates === (run.recreates ?? null);
  if (known.planDigest === run.planDigest && isSameKind) return { runId: known.runId, isNew: false };
  throw new LifecycleError(
    'CONFLICT',
    `The start key ${run.startKey} already stands for ${known.runId}, which ${isSameKind ? 'has another plan' : isSameFork ? 'is of another kind' : 'goes on from elsewhere'}. Use a new key.`,
    { run: known.runId },
  );
}
