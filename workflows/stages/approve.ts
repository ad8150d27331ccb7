import { CancellationScope, ParentClosePolicy, startChild } from '@temporalio/workflow';
import type { OpenedApproval } from '../../activities/approvals.js';
import type { CurateResult } from '../../activities/curate.js';
import type { EvaluateResult } from '../../activities/evaluation.js';
import type { RunOutline } from '../../activities/runs.js';
import type { SealedModel } from '../../activities/training.js';
import type { RequestState } from '../../domain/kernel/states.js';
import { bookkeeping } from '../activity-proxies.js';
import { approveWorkflow } from '../approve.js';
import { inStage } from './context.js';
import { evaluateTasks } from './evaluate.js';

export interface ApproveResult {
  requestId: string;
  outcome: Exclude<RequestState, 'open'>;
  /** Why people are not asked again about what changed; null where it is not that. */
  refusal: string | null;
}

/** Whoever moves what is asked about more often than this ends the run. */
const MOST_REQUESTS = 10;

/**
 * Opens a request that binds all of this, and waits for people: in a workflow of its own, with an id of its own. Where
 * what was asked about changed meanwhile, the model is judged anew and people are asked again: no signature of theirs
 * counts for the new request.
 */
export const approve = (
  run: RunOutline,
  bound: { curated: CurateResult; model: SealedModel; evaluated: EvaluateResult },
): Promise<ApproveResult> =>
  inStage({ run, stage: 'approve' }, async () => {
    const { runId } = run;
    const { curated, model } = bound;
    let { evaluated } = bound;
    for (let round = 1; ; round += 1) {
      const opened = await bookkeeping.openApproval({ runId, round, curated, model, evaluated });
      const outcome = await decided(run, opened);
      const { requestId } = opened;
      if (outcome !== 'voided' || round === MOST_REQUESTS) return finish({ requestId, outcome, refusal: null });
      evaluated = await evaluateTasks(run, { curated, model, stage: 'approve' });
      if (evaluated.refusal !== null) return finish({ requestId, outcome, refusal: evaluated.refusal });
    }

    async function finish(result: ApproveResult): Promise<ApproveResult> {
      await bookkeeping.finishApproval({ runId, requestId: result.requestId, outcome: result.outcome });
      return result;
    }
  });

/** How people decided. A request about which nobody can be asked any more does not stay open. */
async function decided(run: RunOutline, opened: OpenedApproval): Promise<ApproveResult['outcome']> {
  try {
    return await askPeople(run, opened);
  } catch (error) {
    const closed = { requestId: opened.requestId, state: 'voided' as const, reason: 'the run ended' };
    await CancellationScope.nonCancellable(() => bookkeeping.closeApproval(closed));
    throw error;
  }
}

/**
 * The approval's workflow, cancelled with the run only once it is there: the server refuses to cancel one that has not
 * started yet, and the run would then wait for people whom nobody had told that it is over.
 */
function askPeople(run: RunOutline, { requestId, marks }: OpenedApproval): Promise<ApproveResult['outcome']> {
  const { cancelRequested } = CancellationScope.current();
  return CancellationScope.nonCancellable(async () => {
    const asking = new CancellationScope();
    const child = await asking.run(() =>
      startChild(approveWorkflow, {
        workflowId: `approval/${requestId}`,
        args: [{ requestId, expiresAfterMilliseconds: run.approvalExpiresAfterMilliseconds, marks }],
        parentClosePolicy: ParentClosePolicy.REQUEST_CANCEL,
      }),
    );
    cancelRequested.catch(() => asking.cancel());
    return child.result();
  });
}
