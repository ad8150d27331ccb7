import { randomUUID } from 'node:crypto';
import { and, eq, isNull, sql } from 'drizzle-orm';
import type { Evidence } from '../../domain/evidence/evidence.js';
import { LifecycleError } from '../../domain/kernel/errors.js';
import type { Digest } from '../../domain/kernel/digest.js';
import type { Stage } from '../../domain/kernel/states.js';
import type { FinishedStage } from '../../domain/ports/run-store.js';
import { WORKER_ACTOR, type AuditAction } from '../audit/actions.js';
import { recordEvent } from '../audit/record-event.js';
import type { Database, Transaction } from '../pool.js';
import { clock } from '../schema/columns.js';
import { stageRun } from '../schema/stage-run.js';
import { recordUse, storeEvidence, storeFact } from './store-evidence.js';

const MOST_SUMMARY_BYTES = 16 * 1024;

/** Opens a stage once, under the key of its inputs. */
export async function beginStage(
  tx: Transaction,
  { runId, stage, reuseKey }: { runId: string; stage: Stage; reuseKey: Digest | null },
): Promise<void> {
  const begun = await tx
    .insert(stageRun)
    .values({ runId, stage, status: 'running', reuseKey })
    .onConflictDoNothing()
    .returning({ runId: stageRun.runId });
  if (begun.length > 0) await recordStageEvent(tx, { action: 'stage.began', runId, stage });
}

/** Stores the evidence and ends the stage. The first end stands; a repeated one only finds its evidence again. */
export async function finishStage(tx: Transaction, finished: FinishedStage): Promise<Digest[]> {
  const { runId, stage, status, summary, result = null } = finished;
  refuseLongSummary(finished);
  const ids = await storeEvidence(tx, finished.evidence);
  const ended = await tx
    .insert(stageRun)
    .values({ runId, stage, status, summary, result, endedAt: clock })
    .onConflictDoUpdate({
      target: [stageRun.runId, stageRun.stage],
      set: { status, summary, result, waitingFor: null, endedAt: clock },
      setWhere: isNull(stageRun.endedAt),
    })
    .returning({ runId: stageRun.runId });
  if (ended.length === 0) return ids;
  await recordUse(tx, { runId, stage, evidence: ids });
  await recordStageEvent(tx, { action: 'stage.finished', runId, stage, details: { status, evidence: ids } });
  return ids;
}

/** A fact that a stage leaves before its end. */
export async function keepEvidence(
  tx: Transaction,
  { runId, stage, evidence }: { runId: string; stage: Stage; evidence: Evidence },
): Promise<Digest> {
  const id = await storeFact(tx, evidence);
  await recordUse(tx, { runId, stage, evidence: [id] });
  const details = { evidence: id, kind: evidence.kind };
  await recordStageEvent(tx, { action: 'evidence.kept', runId, stage, details, keySuffix: `/${id}` });
  return id;
}

/** Each change of what a stage waits for is an event; saying the same again is none. */
export async function setStageWaiting(
  tx: Transaction,
  { runId, stage, waitingFor }: { runId: string; stage: Stage; waitingFor: string | null },
): Promise<void> {
  const changed = await tx
    .update(stageRun)
    .set({ waitingFor, status: waitingFor === null ? 'running' : 'waiting' })
    .where(
      and(
        eq(stageRun.runId, runId),
        eq(stageRun.stage, stage),
        isNull(stageRun.endedAt),
        sql`${stageRun.waitingFor} is distinct from ${waitingFor}::text`,
      ),
    )
    .returning({ runId: stageRun.runId });
  if (changed.length === 0) return;
  const details = { waitingFor };
  await recordStageEvent(tx, { action: 'run.waiting', runId, stage, details, keySuffix: `/${randomUUID()}` });
}

/** How far a stage is; shown where a stage says what it waits for. */
export async function setStageProgress(
  db: Database,
  { runId, stage, progress }: { runId: string; stage: Stage; progress: string | null },
): Promise<void> {
  await db
    .update(stageRun)
    .set({ waitingFor: progress })
    .where(and(eq(stageRun.runId, runId), eq(stageRun.stage, stage), isNull(stageRun.endedAt)));
}

function refuseLongSummary({ runId, stage, summary }: FinishedStage): void {
  const size = Buffer.byteLength(JSON.stringify(summary));
  if (size <= MOST_SUMMARY_BYTES) return;
  throw new LifecycleError(
    'INVALID_INPUT',
    `The summary of ${stage} in ${runId} has ${size} bytes; at most ${MOST_SUMMARY_BYTES} are kept. Put the rest into evidence.`,
  );
}

export async function recordStageEvent(
  tx: Transaction,
  event: {
    action: AuditAction;
    runId: string;
    stage: Stage;
    details?: Record<string, unknown>;
    keySuffix?: string;
  },
): Promise<void> {
  const { action, runId, stage, details = {}, keySuffix = '' } = event;
  const { rows } = await tx.execute<{ project: string }>(sql`select project from lifecycle_run where id = ${runId}`);
  await recordEvent(tx, {
    project: rows[0]?.project ?? null,
    actor: WORKER_ACTOR,
    action,
    subject: runId,
    details: { stage, ...details },
    key: `${runId}/${stage}${keySuffix}`,
  });
}
