import { proxyLocalActivities } from '@temporalio/workflow';
import type { RunOutline } from '../../../activities/runs.js';
import type { Digest } from '../../../domain/kernel/digest.js';
import { bookkeeping } from '../../../workflows/activity-proxies.js';
import { finishRun, type LifecycleInput, type LifecycleResult } from '../../../workflows/finish-run.js';
import { RunControl } from '../../../workflows/run-control.js';
import { inStage } from '../../../workflows/stages/context.js';
import type { BenchActivities } from '../bench-activities.js';
import { STEPS } from './steps.js';

const bench = proxyLocalActivities<BenchActivities>({ startToCloseTimeout: '20s' });

/** `lifecycleWorkflow` with other stages: eight, each with all of its records and no work. */
export function benchLifecycleWorkflow({ runId }: LifecycleInput): Promise<LifecycleResult> {
  const control = new RunControl(runId);
  return finishRun(runId, control, async () => stages(await bookkeeping.beginRun({ runId }), control));
}

async function stages(run: RunOutline, control: RunControl): Promise<LifecycleResult> {
  let before: Digest[] = [];
  for (const stage of STEPS) {
    await control.enter(stage);
    before = await inStage({ run, stage }, () => bench.finishNothing({ runId: run.runId, stage, before }));
  }
  return { status: 'succeeded', reason: null };
}
