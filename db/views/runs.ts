import { and, asc, desc, eq } from 'drizzle-orm';
import type { Digest } from '../../domain/kernel/digest.js';
import type { RunStatus, Stage, StageStatus } from '../../domain/kernel/states.js';
import { withDatabaseErrors } from '../database-error.js';
import type { Database } from '../pool.js';
import { approvalRequest } from '../schema/approval-request.js';
import { evidence, evidenceUse } from '../schema/evidence.js';
import { lifecycleRun } from '../schema/lifecycle-run.js';
import { modelVersion } from '../schema/model-version.js';
import { stageRun } from '../schema/stage-run.js';

export interface RunLine {
  id: string;
  project: string;
  name: string;
  status: RunStatus;
  requestedBy: string;
  planDigest: Digest;
  triggerId: string | null;
  recreates: string | null;
  reason: string | null;
  createdAt: Date;
  startedAt: Date | null;
  endedAt: Date | null;
}

export interface RunView extends RunLine {
  stages: {
    stage: Stage;
    status: StageStatus;
    waitingFor: string | null;
    summary: Record<string, unknown> | null;
    startedAt: Date;
    endedAt: Date | null;
  }[];
  evidence: { id: Digest; kind: string; stage: Stage; at: Date }[];
  /** The latest request, where one was opened. */
  requestId: string | null;
  versionId: string | null;
}

/** Without the plan: lists stay small. */
const line = {
  id: lifecycleRun.id,
  project: lifecycleRun.project,
  name: lifecycleRun.name,
  status: lifecycleRun.status,
  requestedBy: lifecycleRun.requestedBy,
  planDigest: lifecycleRun.planDigest,
  triggerId: lifecycleRun.triggerId,
  recreates: lifecycleRun.recreates,
  reason: lifecycleRun.reason,
  createdAt: lifecycleRun.createdAt,
  startedAt: lifecycleRun.startedAt,
  endedAt: lifecycleRun.endedAt,
};

/** The latest runs of a project, latest first. */
export const listRuns = (db: Database, project: string, limit: number): Promise<RunLine[]> =>
  withDatabaseErrors(() =>
    db
      .select(line)
      .from(lifecycleRun)
      .where(eq(lifecycleRun.project, project))
      .orderBy(desc(lifecycleRun.createdAt))
      .limit(limit),
  );

/** A run with its stages and what they left; undefined where there is none. */
export const runView = (db: Database, runId: string): Promise<RunView | undefined> =>
  withDatabaseErrors(async () => {
    const [run] = await db.select(line).from(lifecycleRun).where(eq(lifecycleRun.id, runId));
    if (run === undefined) return undefined;
    // One after the other: also inside a transaction, which has one connection.
    const stages = await selectStages(db, runId);
    const used = await selectEvidence(db, runId);
    const requests = await db
      .select({ id: approvalRequest.id })
      .from(approvalRequest)
      .where(eq(approvalRequest.runId, runId))
      .orderBy(desc(approvalRequest.openedAt))
      .limit(1);
    const versions = await db
      .select({ id: modelVersion.id })
      .from(modelVersion)
      .where(and(eq(modelVersion.runId, runId), eq(modelVersion.project, run.project)));
    return { ...run, stages, evidence: used, requestId: requests[0]?.id ?? null, versionId: versions[0]?.id ?? null };
  });

function selectStages(db: Database, runId: string): Promise<RunView['stages']> {
  const { stage, status, waitingFor, summary, startedAt, endedAt } = stageRun;
  return db
    .select({ stage, status, waitingFor, summary, startedAt, endedAt })
    .from(stageRun)
    .where(eq(stageRun.runId, runId))
    .orderBy(asc(stageRun.startedAt));
}

function selectEvidence(db: Database, runId: string): Promise<RunView['evidence']> {
  return db
    .select({ id: evidence.id, kind: evidence.kind, stage: evidenceUse.stage, at: evidenceUse.at })
    .from(evidenceUse)
    .innerJoin(evidence, eq(evidence.id, evidenceUse.evidence))
    .where(eq(evidenceUse.runId, runId))
    .orderBy(asc(evidenceUse.at));
}
