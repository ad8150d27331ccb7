import { CancellationScope, getExternalWorkflowHandle, patched, sleep } from '@temporalio/workflow';
import type { DeployResult } from '../../activities/deployment.js';
import type { RunOutline } from '../../activities/runs.js';
import type { SealedModel } from '../../activities/training.js';
import { bookkeeping, providerCall, transfer } from '../activity-proxies.js';
import { lookAgainSignal } from '../messages.js';
import type { ApproveResult } from './approve.js';
import { inStage } from './context.js';

/**
 * Checks the release once more against everything that was signed, before each step that moves traffic. Whatever goes
 * wrong on the way puts the alias back to where it was, as far as nobody else has moved it since.
 */
export const deploy = (run: RunOutline, model: SealedModel, approval: ApproveResult): Promise<DeployResult> =>
  inStage({ run, stage: 'deploy' }, async () => {
    const release = { runId: run.runId, versionId: model.versionId, requestId: approval.requestId };
    const { refusal, isChanged, route: before } = await transfer.checkRelease(release);
    if (refusal !== null) return bookkeeping.refuseRelease({ ...release, reason: refusal, isChanged });

    let revision = before.revision;
    const rollBack = (): Promise<void> =>
      CancellationScope.nonCancellable(() => bookkeeping.rollBack({ ...release, before, revision }));
    try {
      for (const [step, { bakeMilliseconds }] of run.rollout.entries()) {
        const again = step === 0 ? null : await transfer.checkRelease(release);
        if (again !== null && again.refusal !== null) {
          await rollBack();
          const { refusal: reason, isChanged: hasChanged } = again;
          return await bookkeeping.refuseRelease({ ...release, reason, isChanged: hasChanged });
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
    return CancellationScope.nonCancellable(async () => {
      const deployed = await bookkeeping.finishDeploy({ ...release, before, revision });
      // Runs that were under way before there was this go on without it.
      if (patched('others-look-again')) await tellOthers(await bookkeeping.openApprovals({ runId: run.runId }));
      return deployed;
    });
  });

/** Whoever is asked about a model for the same alias is asked about a comparison with what is no longer live. */
async function tellOthers({ requestIds }: { requestIds: string[] }): Promise<void> {
  for (const requestId of requestIds)
    await getExternalWorkflowHandle(`approval/${requestId}`)
      .signal(lookAgainSignal)
      .catch(() => undefined);
}
