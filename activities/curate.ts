import { answerDataQuestions } from '../domain/checks/answer-data-questions.js';
import type { DataRecord, DatasetSplit } from '../domain/data-record.js';
import { curate, type CuratedData } from '../domain/data/curate.js';
import { countLabels, datasetLines, datasetOf } from '../domain/data/dataset-id.js';
import type { FeedbackLabels } from '../domain/data/label.js';
import type { ParsedRecord } from '../domain/data/parsed-record.js';
import { requireLearnable } from '../domain/data/require-learnable.js';
import type { SourceCard } from '../domain/data/source-card.js';
import { digestOf } from '../domain/evidence/canonical.js';
import { evidenceId, type Evidence } from '../domain/evidence/evidence.js';
import type { Answer } from '../domain/kernel/answers.js';
import type { Digest } from '../domain/kernel/digest.js';
import { PRODUCERS } from '../domain/producers.js';
import type { ArtifactStore } from '../domain/ports/artifact-store.js';
import type { EffectLedger, EvidenceStore, RunRecord, RunStore } from '../domain/ports/run-store.js';
import type { TrafficStore } from '../domain/ports/traffic-store.js';
import { readParsed, type CollectedSource } from './collect.js';
import { putLines, readLines, splitAsked, toArray } from './datasets.js';
import { firstResult } from './first-result.js';
import { beating, breathe } from './heartbeat.js';

export interface CurateResult {
  splits: DatasetSplit[];
  /** Evidence of kind `dataset`. */
  dataset: Digest;
  /** Evidence of kind `data-answers`. */
  answers: Digest;
}

interface Dependencies {
  runs: RunStore;
  evidence: EvidenceStore;
  effects: EffectLedger;
  traffic: TrafficStore;
  artifacts: ArtifactStore;
}

/** From sealed records to splits, and to answers about them. */
export function createCurateActivities({ runs, evidence, effects, traffic, artifacts }: Dependencies) {
  async function readAll(sources: CollectedSource[]): Promise<ParsedRecord[]> {
    const records: ParsedRecord[] = [];
    for (const { id, parsed } of sources) {
      for (const record of await readParsed(artifacts, parsed, id)) records.push(record);
      await breathe(records.length);
    }
    return records;
  }

  /**
   * What people said in service, for the sources that take their labels from there: as it was when this run first
   * asked. A later attempt that read newer labels would make other datasets than those already on file.
   */
  async function feedbackOf({ id, project, plan }: RunRecord): Promise<Record<string, FeedbackLabels>> {
    const feedback: Record<string, FeedbackLabels> = {};
    for (const { id: source, labels } of plan.data.sources) {
      if (labels.by === 'feedback') feedback[source] = await labelsAtFirst(id, project, labels.alias);
    }
    return feedback;
  }

  async function labelsAtFirst(runId: string, project: string, alias: string): Promise<FeedbackLabels> {
    const artifact = await firstResult(effects, labelsEffect({ runId, project, alias }), async () => {
      const labels = await traffic.labels(project, alias);
      return (await putLines(artifacts, labels)).digest;
    });
    return new Map(await toArray(readLines<[string, string]>(artifacts, artifact)));
  }

  async function keepSplit(name: string, records: DataRecord[]): Promise<DatasetSplit> {
    const dataset = datasetOf(name, records);
    const { digest: artifact } = await artifacts.put(datasetLines(dataset));
    await breathe(records.length);
    return { name, datasetId: dataset.id, records: records.length, labels: countLabels(records), artifact };
  }

  async function curateRun(runId: string, sources: CollectedSource[]): Promise<CurateResult> {
    const run = await runs.load(runId);
    const records = await readAll(sources);
    const steps = run.plan.data.curate;
    const feedback = await feedbackOf(run);
    const curated = curate({ sources: run.plan.data.sources, steps, records, feedback });
    await breathe();
    if (run.plan.train !== null) requireLearnable(curated);
    const splits: DatasetSplit[] = [];
    for (const name of splitNames(run, curated)) splits.push(await keepSplit(name, curated.splits[name] ?? []));
    const unused = await putLines(artifacts, curated.unused);

    const cards = sources.map(({ card }) => card);
    const dataset = datasetEvidence({ splits, curated, steps, cards, unused: unused.digest });
    const answers = answerDataQuestions({
      sources: run.plan.data.sources,
      cards: await Promise.all(cards.map(async (id) => (await evidence.load(id)).body as unknown as SourceCard)),
      records: Object.values(curated.splits).flat(),
      unused: curated.unused,
    });
    await breathe();
    const datasetId = await evidence.keep(runId, 'curate', dataset);
    const answered = answersEvidence(datasetId, answers);
    const result: CurateResult = { splits, dataset: datasetId, answers: evidenceId(answered) };
    const summary = summaryOf(splits, curated, answers);
    await runs.finishStage({ runId, stage: 'curate', status: 'succeeded', summary, result, evidence: [answered] });
    return result;
  }

  return {
    curateData: ({ runId, sources }: { runId: string; sources: CollectedSource[] }): Promise<CurateResult> =>
      beating(() => curateRun(runId, sources)),
  };
}

/** The effect that keeps the labels of an alias as a run first read them. */
export const labelsEffect = ({ runId, project, alias }: { runId: string; project: string; alias: string }) => ({
  key: `${runId}/labels/${alias}`,
  request: digestOf({ project, alias }),
});

/** Those that have records, and those that a task will ask, which may have none yet. */
const splitNames = ({ plan }: RunRecord, { splits }: CuratedData): string[] =>
  [...new Set([...Object.keys(splits), ...plan.evaluate.tasks.map((task) => splitAsked(task))])].sort();

function datasetEvidence(made: {
  splits: DatasetSplit[];
  curated: CuratedData;
  steps: RunRecord['plan']['data']['curate'];
  cards: Digest[];
  unused: Digest;
}): Evidence {
  const { splits, curated, steps, cards, unused } = made;
  return {
    kind: 'dataset',
    subject: digestOf(splits.map(({ name, datasetId }) => ({ name, datasetId }))),
    producer: PRODUCERS.curate,
    inputs: cards,
    body: {
      splits,
      steps,
      counts: curated.counts,
      artifacts: { unused, ...Object.fromEntries(splits.map(({ name, artifact }) => [name, artifact])) },
    },
  };
}

const answersEvidence = (dataset: Digest, answers: Answer[]): Evidence => ({
  kind: 'data-answers',
  subject: dataset,
  producer: PRODUCERS.curate,
  inputs: [dataset],
  body: { answers },
});

const summaryOf = (splits: DatasetSplit[], curated: CuratedData, answers: Answer[]) => ({
  datasets: Object.fromEntries(
    splits.map(({ name, datasetId, records, labels, artifact }) => [
      name,
      { id: datasetId, records, labels, artifact },
    ]),
  ),
  unused: curated.counts.unused,
  answers,
});
