import { CancellationScope, condition, allHandlersFinished, proxyLocalActivities } from '@temporalio/workflow';
import type { RunOutline } from '../../../activities/runs.js';
import type { Digest } from '../../../domain/kernel/digest.js';
import type { LifecycleInput } from '../../../workflows/lifecycle.js';
import { bookkeeping } from '../../../workflows/activity-proxies.js';
import { RunControl } from '../../../workflows/run-control.js';
import { inStage } from '../../../workflows/stages/context.js';
import type { BenchActivities } from '../bench-activities.js';
import { STEPS } from './steps.js';

const bench = proxyLocalActivities<BenchActivities>({ startToCloseTimeout: '20s' });

/** `lifecycleWorkflow` with other stages: eight, each with all of its records and no work. */
export async function benchLifecycleWorkflow({ runId }: LifecycleInput): Promise<void> {
  const control = new RunControl(runId);
  await control.scope.run(async () => stages(await bookkeeping.beginRun({ runId }), control));
  await CancellationScope.nonCancellable(async () => {
    await condition(allHandlersFinished);
    await bookkeeping.finishRun({ runId, status: 'succeeded', reason: null });
  });
}

async function stages(run: RunOutline, control: RunControl): Promise<void> {
  let before: Digest[] = [];
  for (const stage of STEPS) {
    await control.enter(stage);
    before = await inStage(run, stage, () => bench.finishNothing({ runId: run.runId, stage, before }));
  }
}
