import { CancellationScope, isCancellation } from '@temporalio/workflow';
import type { RunOutline } from '../activities/runs.js';
import type { RunStatus } from '../domain/kernel/states.js';
import { bookkeeping } from './activity-proxies.js';
import { RunControl } from './run-control.js';
import { approve } from './stages/approve.js';
import { collect } from './stages/collect.js';
import { messageOf } from './stages/context.js';
import { curate } from './stages/curate.js';
import { deploy } from './stages/deploy.js';
import { evaluate } from './stages/evaluate.js';
import { fineTune } from './stages/fine-tune.js';
import { startMonitoring } from './stages/monitor.js';

export interface LifecycleInput {
  runId: string;
}

/** How a run ended. `refused` is an answer with its reason, not an error. */
export interface LifecycleResult {
  status: Extract<RunStatus, 'succeeded' | 'refused' | 'cancelled'>;
  reason: string | null;
}

/** One run of a lifecycle: from sources to a served, watched model. */
export async function lifecycleWorkflow({ runId }: LifecycleInput): Promise<LifecycleResult> {
  const control = new RunControl(runId);
  const run = await bookkeeping.beginRun({ runId });
  try {
    const result = await control.scope.run(() => stages(run, control));
    await bookkeeping.finishRun({ runId, ...result });
    return result;
  } catch (error) {
    const result = isCancellation(error)
      ? { status: 'cancelled' as const, reason: 'cancelled on command' }
      : { status: 'failed' as const, reason: messageOf(error) };
    await CancellationScope.nonCancellable(() => bookkeeping.finishRun({ runId, ...result }));
    if (result.status === 'failed') throw error;
    return result;
  }
}

async function stages(run: RunOutline, control: RunControl): Promise<LifecycleResult> {
  await control.enter('collect');
  const collected = await collect(run);
  await control.enter('curate');
  const curated = await curate(run, collected);
  await control.enter('fine-tune');
  const model = await fineTune(run, curated);
  await control.enter('evaluate');
  const evaluated = await evaluate(run, curated, model);
  if (evaluated.refusal !== null) return refused(evaluated.refusal);
  await control.enter('approve');
  const approval = await approve(run, { curated, model, evaluated });
  if (approval.outcome !== 'approved') return refused(`the approval was ${approval.outcome}`);
  await control.enter('deploy');
  const deployed = await deploy(run, model, approval);
  if (deployed.refusal !== null) return refused(deployed.refusal);
  await control.enter('monitor');
  await startMonitoring(run);
  return { status: 'succeeded', reason: null };
}

const refused = (reason: string): LifecycleResult => ({ status: 'refused', reason });
