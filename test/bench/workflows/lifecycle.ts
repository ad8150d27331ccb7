import { proxyLocalActivities } from '@temporalio/workflow';
import type { CurateResult } from '../../../activities/curate.js';
import type { EvaluateResult } from '../../../activities/evaluation.js';
import type { RunOutline } from '../../../activities/runs.js';
import type { Digest } from '../../../domain/kernel/digest.js';
import { bookkeeping } from '../../../workflows/activity-proxies.js';
import { finishRun, type LifecycleInput, type LifecycleResult } from '../../../workflows/finish-run.js';
import { RunControl } from '../../../workflows/run-control.js';
import { approve } from '../../../workflows/stages/approve.js';
import { inStage } from '../../../workflows/stages/context.js';
import type { BenchActivities } from '../bench-activities.js';
import { ITEMS, ITEMS_A_SHARD, STEPS } from './steps.js';

const bench = proxyLocalActivities<BenchActivities>({ startToCloseTimeout: '1m' });

/** `lifecycleWorkflow` with stages of the bench; the name of the lifecycle says which. */
export function benchLifecycleWorkflow({ runId }: LifecycleInput): Promise<LifecycleResult> {
  const control = new RunControl(runId);
  return finishRun(runId, control, async () => {
    const run = await bookkeeping.beginRun({ runId });
    await (STAGES_OF[run.name] ?? nothing)(run, control);
    return { status: 'succeeded', reason: null };
  });
}

const STAGES_OF: Record<string, (run: RunOutline, control: RunControl) => Promise<void>> = {
  'bench-items': (run) => items(run, 1),
  'bench-shards': (run) => items(run, ITEMS_A_SHARD),
  'bench-approval': approval,
};

/** Eight stages, each with all of its records and no work. */
async function nothing(run: RunOutline, control: RunControl): Promise<void> {
  let before: Digest[] = [];
  for (const stage of STEPS) {
    await control.enter(stage);
    before = await inStage({ run, stage }, () => bench.finishNothing({ runId: run.runId, stage, before }));
  }
}

/** One stage over many items, a record for each. */
async function items({ runId }: RunOutline, itemsAShard: number): Promise<void> {
  const stage = STEPS[0]!;
  const shards = Array.from({ length: ITEMS / itemsAShard }, (_, shard) =>
    Array.from({ length: itemsAShard }, (_, index) => shard * itemsAShard + index),
  );
  await bookkeeping.beginStage({ runId, stage });
  await Promise.all(shards.map((shard) => bench.keepItems({ runId, stage, items: shard })));
  await bench.finishNothing({ runId, stage, before: [] });
}

/** The product's approval, asked about facts that the bench made up, and the stage after it. */
async function approval(run: RunOutline): Promise<void> {
  const { runId } = run;
  const { answers, training, versionId } = await bench.prepareApproval({ runId });
  const bound = {
    curated: { splits: [], dataset: training, answers } as unknown as CurateResult,
    model: { versionId, training, subject: training },
    evaluated: { evaluations: [training], gates: training, refusal: null } as unknown as EvaluateResult,
  };
  await approve(run, bound);
  const stage = STEPS[0]!;
  await inStage({ run, stage }, () => bench.finishNothing({ runId, stage, before: [] }));
}
