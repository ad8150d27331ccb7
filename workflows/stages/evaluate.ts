import type { CurateResult } from '../../activities/curate.js';
import type { EvaluateResult } from '../../activities/evaluation.js';
import type { TaskPredictions } from '../../activities/predictions.js';
import type { RunOutline } from '../../activities/runs.js';
import type { SealedModel } from '../../activities/training.js';
import { dataWork } from '../activity-proxies.js';
import { inStage } from './context.js';

/** Asks candidate and champion the same items, task by task, and judges the gates on what they answered. */
export const evaluate = (run: RunOutline, curated: CurateResult, model: SealedModel): Promise<EvaluateResult> =>
  inStage({ run, stage: 'evaluate', given: { curated, model } }, async () => {
    const predictions: TaskPredictions[] = [];
    for (const task of run.tasks) {
      predictions.push(await dataWork.predictTask({ runId: run.runId, task, curated, versionId: model.versionId }));
    }
    return dataWork.judgeEvaluation({ runId: run.runId, curated, model, predictions });
  });
