import type { RunSummary } from '../../domain/api/run.js';
import { isEnded } from '../../domain/kernel/states.js';
import type { RunLine } from '../../db/views/runs.js';
import type { RunPlace } from '../../db/views/run-places.js';

/** A run in a line: an ended one waits for nothing. */
export function toRunSummary(run: RunLine, place: Omit<RunPlace, 'runId'> | undefined): RunSummary {
  const { id, project, name, status, requestedBy, reason, recreates, forkedFromRun, forkedFromStage } = run;
  return {
    id,
    project,
    name,
    status,
    requestedBy,
    stage: place?.stage ?? null,
    waitingFor: isEnded(status) ? null : (place?.waitingFor ?? null),
    reason,
    recreates,
    forkedFrom:
      forkedFromRun === null || forkedFromStage === null ? null : { runId: forkedFromRun, stage: forkedFromStage },
    createdAt: run.createdAt.toISOString(),
    startedAt: run.startedAt?.toISOString() ?? null,
    endedAt: run.endedAt?.toISOString() ?? null,
  };
}
