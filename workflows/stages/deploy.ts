import { CancellationScope, sleep } from '@temporalio/workflow';
import type { DeployResult } from '../../activities/deployment.js';
import type { RunOutline } from '../../activities/runs.js';
import type { SealedModel } from '../../activities/training.js';
import { bookkeeping, providerCall, transfer } from '../activity-proxies.js';
import type { ApproveResult } from './approve.js';
import { inStage } from './context.js';

/**
 * Checks the release once more against everything that was signed, before each step that moves traffic. Whatever goes
 * wrong on the way puts the alias back to where it was, as far as nobody else has moved it since.
 */
export const deploy = (run: RunOutline, model: SealedModel, approval: ApproveResult): Promise<DeployResult> =>
  inStage({ run, stage: 'deploy' }, async () => {
    const release = { runId: run.runId, versionId: model.versionId, requestId: approval.requestId };
    const { refusal, route: before } = await transfer.checkRelease(release);
    if (refusal !== null) return bookkeeping.refuseRelease({ ...release, reason: refusal });

    let revision = before.revision;
    const rollBack = (): Promise<void> =>
      CancellationScope.nonCancellable(() => bookkeeping.rollBack({ ...release, before, revision }));
    try {
      for (const [step, { bakeMilliseconds }] of run.rollout.entries()) {
        const again = step === 0 ? null : (await transfer.checkRelease(release)).refusal;
        if (again !== null) {
          await rollBack();
          return await bookkeeping.refuseRelease({ ...release, reason: again });
        }
        // Not cancellable: of a move it must be known whether it was made, or it could not be taken back.
        const move = { ...release, before, step, revision };
        revision = (await CancellationScope.nonCancellable(() => bookkeeping.shiftTraffic(move))).revision;
        await sleep(bakeMilliseconds);
        await providerCall.verifyServing(release);
      }
    } catch (error) {
      await rollBack();
      throw error;
    }
    return CancellationScope.nonCancellable(() => bookkeeping.finishDeploy({ ...release, before, revision }));
  });
