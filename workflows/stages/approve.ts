import { CancellationScope, ParentClosePolicy, startChild } from '@temporalio/workflow';
import type { CurateResult } from '../../activities/curate.js';
import type { EvaluateResult } from '../../activities/evaluation.js';
import type { RunOutline } from '../../activities/runs.js';
import type { SealedModel } from '../../activities/training.js';
import type { RequestState } from '../../domain/kernel/states.js';
import { bookkeeping } from '../activity-proxies.js';
import { approveWorkflow } from '../approve.js';
import { inStage } from './context.js';

export interface ApproveResult {
  requestId: string;
  outcome: Exclude<RequestState, 'open'>;
}

/** Opens a request that binds all of this, and waits for people: in a workflow of its own, with an id of its own. */
export const approve = (
  run: RunOutline,
  bound: { curated: CurateResult; model: SealedModel; evaluated: EvaluateResult },
): Promise<ApproveResult> =>
  inStage({ run, stage: 'approve' }, async () => {
    const { requestId } = await bookkeeping.openApproval({ runId: run.runId, ...bound });
    const outcome = await decided(run, requestId);
    await bookkeeping.finishApproval({ runId: run.runId, requestId, outcome });
    return { requestId, outcome };
  });

/** How people decided. A request about which nobody can be asked any more does not stay open. */
async function decided(run: RunOutline, requestId: string): Promise<ApproveResult['outcome']> {
  try {
    return await askPeople(run, requestId);
  } catch (error) {
    const closed = { requestId, state: 'voided' as const, reason: 'the run ended' };
    await CancellationScope.nonCancellable(() => bookkeeping.closeApproval(closed));
    throw error;
  }
}

/**
 * The approval's workflow, cancelled with the run only once it is there: the server refuses to cancel one that has not
 * started yet, and the run would then wait for people whom nobody had told that it is over.
 */
function askPeople(run: RunOutline, requestId: string): Promise<ApproveResult['outcome']> {
  const { cancelRequested } = CancellationScope.current();
  return CancellationScope.nonCancellable(async () => {
    const asking = new CancellationScope();
    const child = await asking.run(() =>
      startChild(approveWorkflow, {
        workflowId: `approval/${requestId}`,
        args: [{ requestId, expiresAfterMilliseconds: run.approvalExpiresAfterMilliseconds }],
        parentClosePolicy: ParentClosePolicy.REQUEST_CANCEL,
      }),
    );
    cancelRequested.catch(() => asking.cancel());
    return child.result();
  });
}
