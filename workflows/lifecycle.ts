import { allHandlersFinished, CancellationScope, condition, isCancellation } from '@temporalio/workflow';
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
  try {
    const result = await control.scope.run(async () => stages(await bookkeeping.beginRun({ runId }), control));
    return await finish(runId, result);
  } catch (error) {
    if (isCancellation(error)) return finish(runId, { status: 'cancelled', reason: 'cancelled on command' });
    await finish(runId, { status: 'failed', reason: messageOf(error) });
    throw error;
  }
}

/** Not cancellable: once a run has ended, a cancel that comes meanwhile does not end it in another way. */
const finish = <R extends { status: RunStatus; reason: string | null }>(runId: string, result: R): Promise<R> =>
  CancellationScope.nonCancellable(async () => {
    await condition(allHandlersFinished);
    await bookkeeping.finishRun({ runId, ...result });
    return result;
  });

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
