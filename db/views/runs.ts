import { and, asc, desc, eq, sql } from 'drizzle-orm';
import type { Digest } from '../../domain/kernel/digest.js';
import type { ForkStage, ReuseKind, RunStatus, Stage, StageStatus } from '../../domain/kernel/states.js';
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
  forkedFromRun: string | null;
  forkedFromStage: ForkStage | null;
  schedule: string | null;
  scheduledFor: Date | null;
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
    /** The run that did the work, where this one did not. */
    reusedFromRun: string | null;
    reusedKind: ReuseKind | null;
    /** Whether what it left for those after it is on file. */
    isReusable: boolean;
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
  forkedFromRun: lifecycleRun.forkedFromRun,
  forkedFromStage: lifecycleRun.forkedFromStage,
  schedule: lifecycleRun.schedule,
  scheduledFor: lifecycleRun.scheduledFor,
  reason: lifecycleRun.reason,
  createdAt: lifecycleRun.createdAt,
  startedAt: lifecycleRun.startedAt,
  endedAt: lifecycleRun.endedAt,
};

export interface RunFilter {
  status?: RunStatus | undefined;
  /** Of the lifecycle. */
  name?: string | undefined;
}

/** The latest runs of a project that are asked for, latest first. */
export const listRuns = (
  db: Database,
  project: string,
  { status, name, limit }: RunFilter & { limit: number },
): Promise<RunLine[]> =>
  withDatabaseErrors(() =>
    db
      .select(line)
      .from(lifecycleRun)
      .where(
        and(
          eq(lifecycleRun.project, project),
          status === undefined ? undefined : eq(lifecycleRun.status, status),
          name === undefined ? undefined : eq(lifecycleRun.name, name),
        ),
      )
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
  const { stage, status, waitingFor, summary, startedAt, endedAt, reusedFromRun, reusedKind, result } = stageRun;
  const isReusable = sql<boolean>`${result} is not null`;
  return db
    .select({ stage, status, waitingFor, summary, startedAt, endedAt, reusedFromRun, reusedKind, isReusable })
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
