import { evidenceId, type Evidence } from '../domain/evidence/evidence.js';
import { mayGoOn, type GateResult } from '../domain/gates/gate-result.js';
import { judgeGate } from '../domain/gates/judge-gate.js';
import type { Digest } from '../domain/kernel/digest.js';
import type { GateSpec, TaskSpec } from '../domain/lifecycle-file/plan.js';
import { compareMetric } from '../domain/metrics/compare-metric.js';
import { measureMetric } from '../domain/metrics/measure-metric.js';
import type { ScoredItem } from '../domain/metrics/scored-item.js';
import { PRODUCERS } from '../domain/producers.js';
import type { ArtifactStore } from '../domain/ports/artifact-store.js';
import type { EvidenceStore, RunRecord, RunStore } from '../domain/ports/run-store.js';
import type { CurateResult } from './curate.js';
import { readLines, toArray } from './datasets.js';
import { beating, breathe } from './heartbeat.js';
import { taskNamed, type TaskPredictions } from './predictions.js';
import type { SealedModel } from './training.js';

const CONFIDENCE = 0.95;
const SEED = 20020822;

interface Dependencies {
  runs: RunStore;
  evidence: Pick<EvidenceStore, 'keep'>;
  artifacts: ArtifactStore;
}

export interface EvaluateResult {
  evaluations: Digest[];
  gates: Digest;
  /** Why the run ends here; null where every gate lets it go on. */
  refusal: string | null;
}

interface ScoredTask {
  task: TaskSpec;
  prediction: TaskPredictions;
  candidate: ScoredItem[];
  champion: ScoredItem[] | null;
  scores: ReturnType<typeof scoreMetric>[];
}

interface EvaluateInput {
  runId: string;
  curated: CurateResult;
  model: SealedModel;
  predictions: TaskPredictions[];
  /** Where it is done again while people are asked, that stage goes on. Absent in histories from before that: evaluate. */
  stage?: 'evaluate' | 'approve';
}

/** Scores answers, judges the gates. */
export function createEvaluationActivities({ runs, evidence, artifacts }: Dependencies) {
  const itemsOf = (artifact: Digest): Promise<ScoredItem[]> => toArray(readLines<ScoredItem>(artifacts, artifact));

  async function scoreTask(run: RunRecord, prediction: TaskPredictions): Promise<ScoredTask> {
    const task = taskNamed(run, prediction.task);
    const candidate = await itemsOf(prediction.candidate);
    const champion = prediction.champion && (await itemsOf(prediction.champion.predictions));
    const scores: ScoredTask['scores'] = [];
    for (const metric of task.metrics) {
      scores.push(scoreMetric(metric, candidate, champion));
      await breathe();
    }
    return { task, prediction, candidate, champion, scores };
  }

  async function judge({ runId, curated, model, predictions, stage }: EvaluateInput): Promise<EvaluateResult> {
    const run = await runs.load(runId);
    const scored: ScoredTask[] = [];
    for (const prediction of predictions) scored.push(await scoreTask(run, prediction));
    const gates: GateResult[] = [];
    // A model that is made again is graded against its original: it asks for no release.
    for (const gate of run.recreates === null ? run.plan.evaluate.gates : []) {
      gates.push(judgeTaskGate(gate, scored, model.subject));
      await breathe();
    }
    const refusal = run.recreates === null ? refusalOf(gates) : null;
    const verdicts = verdictsEvidence(model.subject, gates);
    const evaluations = scored.map((one) => evaluationEvidence(one, curated, model.subject));
    const result: EvaluateResult = {
      evaluations: evaluations.map(evidenceId),
      gates: evidenceId(verdicts),
      refusal,
    };
    if (stage === 'approve') {
      for (const fact of [verdicts, ...evaluations]) await evidence.keep(runId, stage, fact);
      return result;
    }
    await runs.finishStage({
      runId,
      stage: 'evaluate',
      status: refusal === null ? 'succeeded' : 'refused',
      summary: { tasks: scored.map(summaryOf), gates },
      result,
      evidence: [verdicts, ...evaluations],
    });
    return result;
  }

  return {
    /** Scores every task, compares with the champion item by item, judges the gates, and closes the stage that did it. */
    judgeEvaluation: (input: EvaluateInput): Promise<EvaluateResult> => beating(() => judge(input)),
  };
}

function judgeTaskGate(gate: GateSpec, scored: ScoredTask[], subject: Digest): GateResult {
  const { candidate, champion, prediction } = scored.find(({ task }) => task.id === gate.task)!;
  return judgeGate(gate, {
    candidate: { weights: subject, items: candidate },
    champion: prediction.champion && { weights: prediction.champion.subject, items: champion },
    seed: SEED,
  });
}

const scoreMetric = (metric: TaskSpec['metrics'][number], candidate: ScoredItem[], champion: ScoredItem[] | null) => {
  const settings = { metric, confidence: CONFIDENCE, seed: SEED };
  return {
    metric,
    candidate: measureMetric({ ...settings, items: candidate }),
    champion: champion && measureMetric({ ...settings, items: champion }),
    difference: champion && champion.length > 0 ? compareMetric({ ...settings, candidate, champion }) : null,
  };
};

const summaryOf = ({ task, prediction, candidate, scores }: ScoredTask) => ({
  task: task.id,
  items: candidate.length,
  predictions: prediction.candidate,
  scores,
});

const verdictsEvidence = (subject: Digest, gates: GateResult[]): Evidence => ({
  kind: 'gate-verdicts',
  subject,
  producer: PRODUCERS.evaluate,
  inputs: [],
  body: { gates },
});

const evaluationEvidence = (
  { task, prediction, scores }: ScoredTask,
  curated: CurateResult,
  subject: Digest,
): Evidence => ({
  kind: 'evaluation',
  subject,
  producer: PRODUCERS.evaluate,
  inputs: [curated.dataset],
  body: {
    task: { id: task.id, version: task.version, scorer: task.scorer, instruction: task.instruction },
    dataset: prediction.datasetId,
    scores,
    champion: prediction.champion && prediction.champion.subject,
    artifacts: {
      candidate: prediction.candidate,
      ...(prediction.champion && { champion: prediction.champion.predictions }),
    },
  },
});

function refusalOf(gates: GateResult[]): string | null {
  if (mayGoOn(gates)) return null;
  const blocking = gates.filter((gate) => gate.verdict !== 'pass' && gate.verdict !== 'not-applicable');
  return blocking
    .map((gate) => `gate ${gate.gate.task}/${gate.gate.metric} is ${gate.verdict}: ${gate.reason}`)
    .join('; ');
}
