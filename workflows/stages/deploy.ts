import { CancellationScope, sleep } from '@temporalio/workflow';
import type { DeployResult } from '../../activities/deployment.js';
import type { RunOutline } from '../../activities/runs.js';
import type { SealedModel } from '../../activities/training.js';
import { bookkeeping, providerCall } from '../activity-proxies.js';
import type { ApproveResult } from './approve.js';
import { inStage } from './context.js';

/**
 * Checks the release once more against everything that was signed, then moves traffic step by step. Whatever goes
 * wrong on the way puts the alias back to where it was, as far as nobody else has moved it since.
 */
export const deploy = (run: RunOutline, model: SealedModel, approval: ApproveResult): Promise<DeployResult> =>
  inStage(run, 'deploy', async () => {
    const release = { runId: run.runId, versionId: model.versionId, requestId: approval.requestId };
    const before = await providerCall.checkRelease(release);
    if (before.refusal !== null) return bookkeeping.refuseRelease({ ...release, reason: before.refusal });

    let revision = before.route.revision;
    try {
      for (const [step, { bakeMilliseconds }] of run.rollout.entries()) {
        revision = (await bookkeeping.shiftTraffic({ ...release, before: before.route, step, revision })).revision;
        await sleep(bakeMilliseconds);
        await providerCall.verifyServing(release);
      }
    } catch (error) {
      await CancellationScope.nonCancellable(() =>
        bookkeeping.rollBack({ ...release, before: before.route, revision }),
      );
      throw error;
    }
    return bookkeeping.finishDeploy({ ...release, before: before.route, revision });
  });
