import { and, desc, eq } from 'drizzle-orm';
import type { Digest } from '../../domain/kernel/digest.js';
import type { RequestState } from '../../domain/kernel/states.js';
import { withDatabaseErrors } from '../database-error.js';
import type { Database } from '../pool.js';
import { approvalRequest } from '../schema/approval-request.js';
import { lifecycleRun } from '../schema/lifecycle-run.js';

export interface ApprovalLine {
  id: string;
  runId: string;
  project: string;
  name: string;
  subjectDigest: Digest;
  state: RequestState;
  openedAt: Date;
  expiresAt: Date;
  closedAt: Date | null;
  closedReason: string | null;
}

/** The requests of a project, latest first. What each needs is judged from its file (`ApprovalStore.load`). */
export const listApprovals = (db: Database, project: string, state?: RequestState): Promise<ApprovalLine[]> =>
  withDatabaseErrors(() => {
    const { id, runId, subjectDigest, openedAt, expiresAt, closedAt, closedReason } = approvalRequest;
    return db
      .select({
        id,
        runId,
        project: approvalRequest.project,
        name: lifecycleRun.name,
        subjectDigest,
        state: approvalRequest.state,
        openedAt,
        expiresAt,
        closedAt,
        closedReason,
      })
      .from(approvalRequest)
      .innerJoin(lifecycleRun, eq(lifecycleRun.id, approvalRequest.runId))
      .where(
        and(eq(approvalRequest.project, project), state === undefined ? undefined : eq(approvalRequest.state, state)),
      )
      .orderBy(desc(approvalRequest.openedAt))
      .limit(500);
  });
