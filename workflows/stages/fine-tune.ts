import { CancellationScope, isCancellation } from '@temporalio/workflow';
import type { CurateResult } from '../../activities/curate.js';
import type { RunOutline } from '../../activities/runs.js';
import type { SealedModel } from '../../activities/training.js';
import { longWatch, providerCall } from '../activity-proxies.js';
import { inStage } from './context.js';

/** Submits one job for this run, follows it to its end, and seals what came out. A cancelled run cancels its job. */
export const fineTune = (run: RunOutline, curated: CurateResult): Promise<SealedModel> =>
  inStage(run, 'fine-tune', async () => {
    const job = await providerCall.submitTraining({ runId: run.runId, curated });
    try {
      await longWatch.followTraining({ runId: run.runId, jobId: job.jobId });
    } catch (error) {
      if (isCancellation(error)) {
        await CancellationScope.nonCancellable(() =>
          providerCall.cancelTraining({ runId: run.runId, jobId: job.jobId }),
        );
      }
      throw error;
    }
    return providerCall.sealModel({ runId: run.runId, jobId: job.jobId, curated });
  });
