import { and, eq, inArray, isNull } from 'drizzle-orm';
import { LifecycleError } from '../../domain/kernel/errors.js';
import { isEnded, type RunStatus, type StageStatus } from '../../domain/kernel/states.js';
import { WORKER_ACTOR, type AuditAction } from '../audit/actions.js';
import { recordEvent } from '../audit/record-event.js';
import type { Transaction } from '../pool.js';
import { clock } from '../schema/columns.js';
import { lifecycleRun } from '../schema/lifecycle-run.js';
import { stageRun } from '../schema/stage-run.js';

type EndStatus = Extract<RunStatus, StageStatus>;

export const runNotFound = (runId: string): LifecycleError =>
  new LifecycleError('NOT_FOUND', `There is no run ${runId}.`, { run: runId });

export async function beginRun(tx: Transaction, runId: string): Promise<void> {
  const [begun] = await tx
    .update(lifecycleRun)
    .set({ status: 'running', startedAt: clock })
    .where(and(eq(lifecycleRun.id, runId), eq(lifecycleRun.status, 'requested')))
    .returning({ project: lifecycleRun.project });
  if (begun === undefined) await loadRun(tx, runId);
  else await recordRunEvent(tx, { action: 'run.began', runId, project: begun.project });
}

/** Pauses a running run or resumes a paused one; anything else is left as it is. */
export async function setRunPaused(
  tx: Transaction,
  { runId, paused, commandId }: { runId: string; paused: boolean; commandId: string },
): Promise<void> {
  const [changed] = await tx
    .update(lifecycleRun)
    .set({ status: paused ? 'paused' : 'running' })
    .where(and(eq(lifecycleRun.id, runId), eq(lifecycleRun.status, paused ? 'running' : 'paused')))
    .returning({ project: lifecycleRun.project });
  if (changed === undefined) return void (await loadRun(tx, runId));
  const action = paused ? 'run.paused' : 'run.resumed';
  await recordRunEvent(tx, {
    action,
    runId,
    project: changed.project,
    details: { command: commandId },
    key: commandId,
  });
}

/** Ends a run once, and with it the stages that were still open. A second, different end is CONFLICT. */
export async function finishRun(
  tx: Transaction,
  { runId, status, reason }: { runId: string; status: RunStatus; reason: string | null },
): Promise<void> {
  if (!isEnded(status)) throw new LifecycleError('INVALID_INPUT', `A run does not end as ${status}.`, { run: runId });
  const [ended] = await tx
    .update(lifecycleRun)
    .set({ status, reason, endedAt: clock })
    .where(and(eq(lifecycleRun.id, runId), inArray(lifecycleRun.status, ['requested', 'running', 'paused'])))
    .returning({ project: lifecycleRun.project, name: lifecycleRun.name });
  if (ended === undefined) return requireSameEnd(await loadRun(tx, runId), status);
  await tx
    .update(stageRun)
    .set({ status: status as EndStatus, waitingFor: null, endedAt: clock })
    .where(and(eq(stageRun.runId, runId), isNull(stageRun.endedAt)));
  await recordRunEvent(tx, {
    action: 'run.finished',
    runId,
    project: ended.project,
    details: { name: ended.name, status, reason },
  });
}

async function loadRun(tx: Transaction, runId: string): Promise<{ id: string; status: RunStatus }> {
  const [run] = await tx
    .select({ id: lifecycleRun.id, status: lifecycleRun.status })
    .from(lifecycleRun)
    .where(eq(lifecycleRun.id, runId));
  if (run === undefined) throw runNotFound(runId);
  return run;
}

function requireSameEnd(run: { id: string; status: RunStatus }, status: RunStatus): void {
  if (run.status === status) return;
  throw new LifecycleError('CONFLICT', `Run ${run.id} has already ended as ${run.status}, it cannot end as ${status}.`);
}

const recordRunEvent = (
  tx: Transaction,
  event: { action: AuditAction; runId: string; project: string; details?: Record<string, unknown>; key?: string },
): Promise<boolean> => {
  const { runId, ...rest } = event;
  return recordEvent(tx, { actor: WORKER_ACTOR, subject: runId, ...rest });
};
