import { CancellationScope, isCancellation } from '@temporalio/workflow';
import type { CurateResult } from '../../activities/curate.js';
import type { RunOutline } from '../../activities/runs.js';
import type { SealedModel } from '../../activities/training.js';
import { bookkeeping, longWatch, transfer, undoing } from '../activity-proxies.js';
import { inStage, messageOf } from './context.js';

/** Makes the version that the other stages are about: a trained model, or the base model as it is. */
export const fineTune = (run: RunOutline, curated: CurateResult): Promise<SealedModel> =>
  inStage({ run, stage: 'fine-tune', given: { curated } }, () =>
    run.isTrained === false ? bookkeeping.takeBaseModel({ runId: run.runId }) : train(run.runId, curated),
  );

/** Submits one job for this run, follows it to its end, and seals what came out. A cancelled run cancels its job. */
async function train(runId: string, curated: CurateResult): Promise<SealedModel> {
  let jobId: string | null = null;
  try {
    // It may wait for a place among the jobs of the provider's account, for days.
    ({ jobId } = await longWatch.submitTraining({ runId, curated }));
    await longWatch.followTraining({ runId, jobId });
    return await transfer.sealModel({ runId, jobId, curated });
  } catch (error) {
    // Also where submitting was cancelled: the job may be there without our knowing its id.
    if (isCancellation(error)) await CancellationScope.nonCancellable(() => cancelJob(runId, jobId));
    throw error;
  }
}

async function cancelJob(runId: string, jobId: string | null): Promise<void> {
  try {
    await undoing.cancelTraining({ runId, jobId });
  } catch (error) {
    const message = `The run was cancelled, but its training job may still go on: ${messageOf(error)}`;
    await bookkeeping.failStage({ runId, stage: 'fine-tune', message });
  }
}
