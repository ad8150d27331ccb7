import { ActivityFailure, ApplicationFailure, CancellationScope, isCancellation } from '@temporalio/workflow';
import type { RunOutline } from '../activities/runs.js';
import { bookkeeping, transfer } from './activity-proxies.js';
import { finishRun, type LifecycleInput, type LifecycleResult } from './finish-run.js';
import { RunControl } from './run-control.js';
import { inStage, messageOf } from './stages/context.js';
import { curate } from './stages/curate.js';
import { evaluate } from './stages/evaluate.js';
import { fineTune } from './stages/fine-tune.js';

/**
 * Makes a model version again from its pinned inputs and grades what came out. It asks nobody for an approval and
 * releases nothing. `refused` is grade C: the answer is that the model cannot be re-created, and why.
 */
export async function recreateWorkflow({ runId }: LifecycleInput): Promise<LifecycleResult> {
  const control = new RunControl(runId);
  return finishRun(runId, control, async () => {
    const run = await bookkeeping.beginRun({ runId });
    try {
      return await makeAgain(run, control);
    } catch (error) {
      if (!isFinal(error)) throw error;
      const impossible = { runId, stage: control.stage ?? 'collect', message: messageOf(error) };
      return answer(await CancellationScope.nonCancellable(() => bookkeeping.noteImpossible(impossible)));
    }
  });
}

async function makeAgain(run: RunOutline, control: RunControl): Promise<LifecycleResult> {
  await control.enter('collect');
  const sources = await inStage({ run, stage: 'collect' }, async () => {
    const pinned = await transfer.pinInputs({ runId: run.runId });
    await bookkeeping.finishCollect({ runId: run.runId, sources: pinned });
    return pinned;
  });
  await control.enter('curate');
  const curated = await curate(run, { sources });
  await control.enter('fine-tune');
  const model = await fineTune(run, curated);
  await control.enter('evaluate');
  await evaluate(run, curated, model);
  return answer(await bookkeeping.gradeRecreation({ runId: run.runId, versionId: model.versionId }));
}

const answer = ({ grade, reasons }: { grade: string; reasons: string[] }): LifecycleResult => ({
  status: grade === 'C' ? 'refused' : 'succeeded',
  reason: `grade ${grade}: ${reasons.join(' ')}`.slice(0, 1_000),
});

/** What trying again cannot change: the inputs or the provider say no. An outage says nothing about the model. */
function isFinal(error: unknown): boolean {
  if (isCancellation(error)) return false;
  if (error instanceof ActivityFailure) return isFinal(error.cause);
  return error instanceof ApplicationFailure && error.nonRetryable === true;
}
