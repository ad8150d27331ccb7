import type { RunOutline } from '../activities/runs.js';
import { bookkeeping } from './activity-proxies.js';
import { finishRun, type LifecycleInput, type LifecycleResult } from './finish-run.js';
import { RunControl } from './run-control.js';
import { approve, type ApproveResult } from './stages/approve.js';
import { collect } from './stages/collect.js';
import { curate } from './stages/curate.js';
import { deploy } from './stages/deploy.js';
import { evaluate } from './stages/evaluate.js';
import { fineTune } from './stages/fine-tune.js';
import { startMonitoring } from './stages/monitor.js';

/** One run of a lifecycle: from sources to a served, watched model. */
export function lifecycleWorkflow({ runId }: LifecycleInput): Promise<LifecycleResult> {
  const control = new RunControl(runId);
  return finishRun(runId, control, async () => stages(await bookkeeping.beginRun({ runId }), control));
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
  if (approval.outcome !== 'approved') return refused(approval.refusal ?? approvalInWords(approval.outcome));
  await control.enter('deploy');
  const deployed = await deploy(run, model, approval);
  if (deployed.refusal !== null) return refused(deployed.refusal);
  await control.enter('monitor');
  await startMonitoring(run);
  return { status: 'succeeded', reason: null };
}

const approvalInWords = (outcome: ApproveResult['outcome']): string =>
  outcome === 'changes-requested' ? 'people asked for changes' : `the approval was ${outcome}`;

const refused = (reason: string): LifecycleResult => ({ status: 'refused', reason });
