import { Context } from '@temporalio/activity';
import { digestOf } from '../domain/evidence/canonical.js';
import type { Evidence } from '../domain/evidence/evidence.js';
import { mayGoOn, type GateResult } from '../domain/gates/gate-result.js';
import { judgeGate } from '../domain/gates/judge-gate.js';
import type { Digest } from '../domain/kernel/digest.js';
import { LifecycleError } from '../domain/kernel/errors.js';
import type { TaskSpec } from '../domain/lifecycle-file/plan.js';
import { compareMetric } from '../domain/metrics/compare-metric.js';
import { measureMetric } from '../domain/metrics/measure-metric.js';
import type { ScoredItem } from '../domain/metrics/scored-item.js';
import type { ArtifactStore } from '../domain/ports/artifact-store.js';
import type { ModelPort } from '../domain/ports/model.js';
import type { ModelVersion, RegistryStore } from '../domain/ports/registry-store.js';
import type { EffectLedger, RunRecord, RunStore } from '../domain/ports/run-store.js';
import type { CurateResult } from './curate.js';
import { putLines, readLines, readRecords, splitAsked, splitNamed, toArray } from './datasets.js';
import type { SealedModel } from './training.js';

const PRODUCER = { name: 'assay/evaluate', version: '1' };
const CONCURRENCY = 8;
const CONFIDENCE = 0.95;
const SEED = 20020822;

interface Dependencies {
  runs: RunStore;
  effects: EffectLedger;
  registry: RegistryStore;
  artifacts: ArtifactStore;
  models: Record<string, ModelPort>;
}

/** What candidate and champion answered to one task's items: JSONL of `ScoredItem` in the artifact store. */
export interface TaskPredictions {
  task: string;
  datasetId: Digest;
  candidate: Digest;
  /** Null where no version is live, or where the champion is not another model. */
  champion: { versionId: string; subject: Digest; predictions: Digest } | null;
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

/** Asks models, scores their answers, judges the gates. */
export function createEvaluationActivities({ runs, effects, registry, artifacts, models }: Dependencies) {
  /** Answers of one version to one dataset; a finished set is kept and never asked for again. */
  async function predict(version: ModelVersion, task: TaskSpec, curated: CurateResult): Promise<Digest> {
    const split = splitNamed(curated, splitAsked(task));
    const subject = subjectOf(version);
    const key = `predict/${digestOf({ subject, dataset: split.datasetId, instruction: task.instruction })}`;
    const known = await effects.intend(key, digestOf({ task: task.id }));
    if (known.externalId !== null) return known.externalId as Digest;
    const records = await toArray(readRecords(artifacts, split.artifact));
    const model = models[version.trained.provider];
    if (!model) throw new LifecycleError('INVALID_INPUT', `No provider is named '${version.trained.provider}'.`);
    const items = await inParallel(records, CONCURRENCY, async (record): Promise<ScoredItem> => {
      const { content } = await model.chat(
        { model: version.trained.model, messages: messagesFor(task, record.input), temperature: 0 },
        Context.current().cancellationSignal,
      );
      return { id: digestOf(record), expected: record.label, predicted: content };
    });
    const { digest } = await putLines(artifacts, items);
    await effects.done(key, digest);
    return digest;
  }

  const itemsOf = (artifact: Digest): Promise<ScoredItem[]> => toArray(readLines<ScoredItem>(artifacts, artifact));

  return {
    async predictTask(input: {
      runId: string;
      task: string;
      curated: CurateResult;
      versionId: string;
    }): Promise<TaskPredictions> {
      const run = await runs.load(input.runId);
      const task = taskNamed(run, input.task);
      const candidate = await registry.version(run.project, input.versionId);
      const { champion: championId } = await registry.route(run.project, run.plan.deploy.alias);
      const champion = championId === null ? null : await registry.version(run.project, championId);
      return {
        task: task.id,
        datasetId: splitNamed(input.curated, splitAsked(task)).datasetId,
        candidate: await predict(candidate, task, input.curated),
        champion: champion && {
          versionId: champion.id,
          subject: subjectOf(champion),
          predictions: await predict(champion, task, input.curated),
        },
      };
    },

    /** Scores every task, compares with the champion item by item, judges the gates, and closes the stage. */
    async judgeEvaluation(input: {
      runId: string;
      curated: CurateResult;
      model: SealedModel;
      predictions: TaskPredictions[];
    }): Promise<EvaluateResult> {
      const { runId, curated, model, predictions } = input;
      const run = await runs.load(runId);
      const evaluations: Evidence[] = [];
      const scored: ScoredTask[] = [];
      for (const prediction of predictions) {
        Context.current().heartbeat();
        const task = taskNamed(run, prediction.task);
        const candidate = await itemsOf(prediction.candidate);
        const champion = prediction.champion && (await itemsOf(prediction.champion.predictions));
        const scores = task.metrics.map((metric) => scoreMetric(metric, candidate, champion));
        evaluations.push(evaluationEvidence(task, prediction, { curated, subject: model.subject, scores }));
        scored.push({ task, prediction, candidate, champion, scores });
      }
      const gates = run.plan.evaluate.gates.map((gate): GateResult => {
        const { candidate, champion, prediction } = scored.find(({ task }) => task.id === gate.task)!;
        return judgeGate(gate, {
          candidate: { weights: model.subject, items: candidate },
          champion: prediction.champion && { weights: prediction.champion.subject, items: champion },
          seed: SEED,
        });
      });
      const verdicts: Evidence = {
        kind: 'gate-verdicts',
        subject: model.subject,
        producer: PRODUCER,
        inputs: [],
        body: { gates },
      };
      const refusal = refusalOf(gates);
      const [gatesId, ...ids] = await runs.finishStage({
        runId,
        stage: 'evaluate',
        status: refusal === null ? 'succeeded' : 'refused',
        summary: {
          tasks: scored.map(({ task, prediction, candidate, scores }) => ({
            task: task.id,
            items: candidate.length,
            predictions: prediction.candidate,
            scores,
          })),
          gates,
        },
        evidence: [verdicts, ...evaluations],
      });
      return { evaluations: ids, gates: gatesId!, refusal };
    },
  };
}

/** The weights where Assay keeps them, else the provider's word for the model. */
export const subjectOf = ({ trained }: ModelVersion): Digest =>
  trained.weights?.digest ?? digestOf({ provider: trained.provider, model: trained.model, jobId: trained.jobId });

function taskNamed(run: RunRecord, id: string): TaskSpec {
  const task = run.plan.evaluate.tasks.find((candidate) => candidate.id === id);
  if (task) return task;
  throw new LifecycleError('NOT_FOUND', `The lifecycle ${run.name} has no task '${id}'.`);
}

const messagesFor = (task: TaskSpec, input: string) => [
  ...(task.instruction === null ? [] : [{ role: 'system' as const, content: task.instruction }]),
  { role: 'user' as const, content: input },
];

const scoreMetric = (metric: TaskSpec['metrics'][number], candidate: ScoredItem[], champion: ScoredItem[] | null) => {
  const settings = { metric, confidence: CONFIDENCE, seed: SEED };
  return {
    metric,
    candidate: measureMetric({ ...settings, items: candidate }),
    champion: champion && measureMetric({ ...settings, items: champion }),
    difference: champion && champion.length > 0 ? compareMetric({ ...settings, candidate, champion }) : null,
  };
};

function evaluationEvidence(
  task: TaskSpec,
  prediction: TaskPredictions,
  about: { curated: CurateResult; subject: Digest; scores: unknown[] },
): Evidence {
  const champion = prediction.champion;
  return {
    kind: 'evaluation',
    subject: about.subject,
    producer: PRODUCER,
    inputs: [about.curated.dataset],
    body: {
      task: { id: task.id, version: task.version, scorer: task.scorer, instruction: task.instruction },
      dataset: prediction.datasetId,
      scores: about.scores,
      champion: champion && champion.subject,
      artifacts: { candidate: prediction.candidate, ...(champion && { champion: champion.predictions }) },
    },
  };
}

function refusalOf(gates: GateResult[]): string | null {
  if (mayGoOn(gates)) return null;
  const blocking = gates.filter((gate) => gate.verdict !== 'pass' && gate.verdict !== 'not-applicable');
  return blocking
    .map((gate) => `gate ${gate.gate.task}/${gate.gate.metric} is ${gate.verdict}: ${gate.reason}`)
    .join('; ');
}

/** Results in the order of the items; at most `width` in flight; a heartbeat for each that ends. */
async function inParallel<T, R>(items: T[], width: number, work: (item: T) => Promise<R>): Promise<R[]> {
  const results = Array.from<R>({ length: items.length });
  let next = 0;
  const lane = async (): Promise<void> => {
    while (next < items.length) {
      const index = next++;
      results[index] = await work(items[index]!);
      Context.current().heartbeat(index);
    }
  };
  await Promise.all(Array.from({ length: width }, lane));
  return results;
}
