import type { RunView } from '../../domain/api/run.js';
import type { Stage } from '../../domain/kernel/states.js';
import { LifecycleError } from '../../domain/kernel/errors.js';
import {
  approveSummary,
  curateSummary,
  deploySummary,
  evaluateSummary,
  fineTuneSummary,
  type ApproveSummary,
  type Score,
} from './summaries.js';

/** What a run made and under which signatures, for the closing table and for comparing two demos. */
export interface ReleaseFacts {
  runId: string;
  versionId: string;
  datasets: Record<string, string>;
  weights: string;
  /** Evidence ids: what a signature binds of the evaluation. */
  evaluations: string[];
  subjectDigest: string;
  decisions: ApproveSummary['decisions'];
  waivers: ApproveSummary['waivers'];
  /** Macro-F1 by task. */
  scores: Record<string, Score>;
}

const METRIC = 'f1-macro';

/** @throws LifecycleError INTERNAL when a stage of a run that succeeded has left no summary */
export function releaseFacts(run: RunView): ReleaseFacts {
  const summary = (stage: Stage): unknown => {
    const found = run.stages.find((one) => one.stage === stage)?.summary;
    if (found === null || found === undefined)
      throw new LifecycleError('INTERNAL', `${run.id} has no ${stage} summary.`);
    return found;
  };
  const { datasets } = curateSummary.parse(summary('curate'));
  const { tasks } = evaluateSummary.parse(summary('evaluate'));
  const { subjectDigest, decisions, waivers } = approveSummary.parse(summary('approve'));
  const evaluation = run.stages.find(({ stage }) => stage === 'evaluate')?.evidence ?? [];
  return {
    runId: run.id,
    versionId: deploySummary.parse(summary('deploy')).versionId,
    datasets: Object.fromEntries(Object.entries(datasets).map(([name, { id }]) => [name, id])),
    weights: fineTuneSummary.parse(summary('fine-tune')).weights,
    evaluations: evaluation.map(({ id }) => id).sort(),
    subjectDigest,
    decisions,
    waivers,
    scores: Object.fromEntries(
      tasks.flatMap(({ task, scores }) => {
        const score = scores.find(({ metric }) => metric === METRIC);
        return score === undefined ? [] : [[task, score]];
      }),
    ),
  };
}
