import { and, eq, isNotNull } from 'drizzle-orm';
import { isReusable } from '../../domain/kernel/states.js';
import type { RunStore } from '../../domain/ports/run-store.js';
import { WORKER_ACTOR } from '../audit/actions.js';
import { recordEvent } from '../audit/record-event.js';
import { refuseAttempt } from '../audit/refuse-attempt.js';
import { translated } from '../database-error.js';
import type { Database, Transaction } from '../pool.js';
import { command } from '../schema/command.js';
import { lifecycleRun } from '../schema/lifecycle-run.js';
import { stageRun } from '../schema/stage-run.js';
import { trigger } from '../schema/trigger.js';
import { authorsOf } from './authors-of.js';
import { otherRequesters } from './other-requesters.js';
import { doneBy, findOrigin, leftBy, reuseStage } from './reuse-stage.js';
import { keepRunEvents } from './run-events.js';
import { beginRun, finishRun, runNotFound, setRunPaused } from './run-status.js';
import { beginStage, finishStage, setStageProgress, setStageWaiting } from './stage-status.js';

export const createRunStore = (db: Database): RunStore =>
  translated<RunStore>({
    async load(runId) {
      const [row] = await db
        .select({ run: lifecycleRun, trigger: { id: trigger.id, kind: trigger.kind } })
        .from(lifecycleRun)
        .leftJoin(trigger, eq(trigger.id, lifecycleRun.triggerId))
        .where(eq(lifecycleRun.id, runId));
      if (row === undefined) throw runNotFound(runId);
      const { id, project, name, status, requestedBy, plan, planDigest, recreates } = row.run;
      return { id, project, name, status, requestedBy, plan, planDigest, recreates, trigger: row.trigger };
    },
    begin: (runId) => beginRun(db, runId),
    async beginStage(runId, stage, reuseKey = null) {
      await beginStage(db, { runId, stage, reuseKey });
      return isReusable(stage) ? findOrigin(db, { runId, stage, reuseKey }) : null;
    },
    doneBy: (runId, stage) => doneBy(db, runId, stage),
    otherRequesters: (runId) => otherRequesters(db, runId),
    authorsOf: (runId) => authorsOf(db, runId),
    leftBy: (runId, stage) => db.transaction((tx) => leftBy(tx, runId, stage)),
    reuseStage: (runId, stage, origin) => db.transaction((tx) => reuseStage(tx, { runId, stage, origin })),
    finishStage: (finished) => finishStage(db, finished),
    async stageSummary(runId, stage) {
      const [row] = await db
        .select({ summary: stageRun.summary })
        .from(stageRun)
        .where(and(eq(stageRun.runId, runId), eq(stageRun.stage, stage), isNotNull(stageRun.endedAt)));
      return row?.summary ?? null;
    },
    setWaiting: (runId, stage, waitingFor) => db.transaction((tx) => setStageWaiting(tx, { runId, stage, waitingFor })),
    setProgress: (runId, stage, progress) => setStageProgress(db, { runId, stage, progress }),
    keepEvents: (runId, stage, events) => keepRunEvents(db, { runId, stage, events }),
    setPaused: (runId, paused, commandId) => db.transaction((tx) => setRunPaused(tx, { runId, paused, commandId })),
    finish: (runId, status, reason) => finishRun(db, { runId, status, reason }),
    takeCommand: (runId, commandId) => db.transaction((tx) => takeCommand(tx, runId, commandId)),
  });

async function takeCommand(tx: Transaction, runId: string, commandId: string) {
  const [row] = await tx
    .select({ kind: command.kind, principal: command.principal, project: lifecycleRun.project })
    .from(command)
    .innerJoin(lifecycleRun, eq(lifecycleRun.id, command.runId))
    .where(and(eq(command.id, commandId), eq(command.runId, runId)));
  if (row === undefined) {
    const reason = 'there is no such command for this run';
    await refuseAttempt(tx, { project: null, subject: runId, named: commandId, reason });
    return undefined;
  }
  await recordEvent(tx, {
    project: row.project,
    actor: WORKER_ACTOR,
    action: 'command.taken',
    subject: commandId,
    details: { runId, kind: row.kind, principal: row.principal },
  });
  return { kind: row.kind };
}
