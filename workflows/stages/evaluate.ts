import type { CurateResult } from '../../activities/curate.js';
import type { EvaluateResult } from '../../activities/evaluation.js';
import type { TaskPredictions } from '../../activities/predictions.js';
import type { RunOutline } from '../../activities/runs.js';
import type { SealedModel } from '../../activities/training.js';
import { dataWork } from '../activity-proxies.js';
import { inStage } from './context.js';

/** Asks candidate and champion the same items, task by task, and judges the gates on what they answered. */
export const evaluate = (run: RunOutline, curated: CurateResult, model: SealedModel): Promise<EvaluateResult> =>
  inStage({ run, stage: 'evaluate', given: { curated, model } }, () =>
    evaluateTasks(run, { curated, model, stage: 'evaluate' }),
  );

/** The work of it; while people are asked it is done again where another version has gone live. */
export async function evaluateTasks(
  run: RunOutline,
  asked: { curated: CurateResult; model: SealedModel; stage: 'evaluate' | 'approve' },
): Promise<EvaluateResult> {
  const { curated, model, stage } = asked;
  const { runId } = run;
  const predictions: TaskPredictions[] = [];
  for (const task of run.tasks)
    predictions.push(await dataWork.predictTask({ runId, task, curated, versionId: model.versionId }));
  return dataWork.judgeEvaluation({ runId, curated, model, predictions, stage });
}
