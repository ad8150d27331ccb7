import type { CurateResult } from '../activities/curate.js';
import type { EvaluateResult } from '../activities/evaluation.js';
import type { SealedModel } from '../activities/training.js';
import { bookkeeping } from './activity-proxies.js';
import type { ApproveResult } from './stages/approve.js';
import { collect, type CollectResult } from './stages/collect.js';
import { curate } from './stages/curate.js';
import { deploy } from './stages/deploy.js';
import { evaluate } from './stages/evaluate.js';
import { fineTune } from './stages/fine-tune.js';

/** Each stage alone, with what the stages before it left. */
interface StageInput {
  runId: string;
}

export const collectWorkflow = async ({ runId }: StageInput): Promise<CollectResult> =>
  collect(await bookkeeping.beginRun({ runId }));

export const curateWorkflow = async (input: StageInput & { collected: CollectResult }): Promise<CurateResult> =>
  curate(await bookkeeping.beginRun(input), input.collected);

export const fineTuneWorkflow = async (input: StageInput & { curated: CurateResult }): Promise<SealedModel> =>
  fineTune(await bookkeeping.beginRun(input), input.curated);

export const evaluateWorkflow = async (
  input: StageInput & { curated: CurateResult; model: SealedModel },
): Promise<EvaluateResult> => evaluate(await bookkeeping.beginRun(input), input.curated, input.model);

export const deployWorkflow = async (input: StageInput & { model: SealedModel; approval: ApproveResult }) =>
  deploy(await bookkeeping.beginRun(input), input.model, input.approval);
