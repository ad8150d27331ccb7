import {
  datasetBodySchema,
  evaluationBodySchema,
  sourceCardSchema,
  type EvaluationBody,
} from '../domain/checklist/evidence-bodies.js';
import type { Evidence } from '../domain/evidence/evidence.js';
import type { Digest } from '../domain/kernel/digest.js';
import { LifecycleError } from '../domain/kernel/errors.js';
import type { Stage } from '../domain/kernel/states.js';
import type { Measured } from '../domain/metrics/measured.js';
import type { ArtifactStore } from '../domain/ports/artifact-store.js';
import type { ModelVersion, RegistryStore } from '../domain/ports/registry-store.js';
import type { EffectLedger, EvidenceStore, RunRecord, RunStore } from '../domain/ports/run-store.js';
import {
  gradeRecreation,
  impossible,
  type RecreationFacts,
  type RecreationVerdict,
} from '../domain/recreation/grade-recreation.js';
import { parseSealed, type CollectedSource } from './collect.js';
import { labelsEffect } from './curate.js';
import { firstResult } from './first-result.js';
import { beating } from './heartbeat.js';
import { subjectOf } from './predictions.js';

const PRODUCER = { name: 'assay/recreate', version: '1' };

interface Dependencies {
  runs: RunStore;
  evidence: EvidenceStore;
  effects: EffectLedger;
  registry: RegistryStore;
  artifacts: ArtifactStore;
}

/** What one run left that another making can be compared with. */
interface Made {
  version: ModelVersion;
  datasets: Map<string, Digest>;
  evaluations: EvaluationBody[];
  /** Ids of the evidence that this was read from. */
  rests: Digest[];
}

/** Makes a model again from what its own run had sealed, and grades how far it came out the same. */
export function createRecreationActivities({ runs, evidence, effects, registry, artifacts }: Dependencies) {
  async function originalOf(run: RunRecord): Promise<{ run: RunRecord; version: ModelVersion }> {
    if (run.recreates === null)
      throw new LifecycleError(
        'INVALID_INPUT',
        `Run ${run.id} makes no model again: it has nothing to be held against.`,
      );
    const version = await registry.version(run.project, run.recreates);
    return { version, run: await runs.load(version.runId) };
  }

  /** The sources as the original's run sealed them, each blob read through. */
  async function pinSources(runId: string): Promise<CollectedSource[]> {
    const run = await runs.load(runId);
    const original = await originalOf(run);
    const pinned: CollectedSource[] = [];
    for (const card of await evidence.usedBy(original.run.id, 'source-card')) {
      const fact = await evidence.load(card);
      const { id, format } = sourceCardSchema.parse(fact.body);
      const raw = fact.subject;
      await requireBytes(raw, `what the source ${id} held`);
      const parsed = await parseSealed({ effects, artifacts }, raw, format);
      pinned.push({ id, raw, parsed, card: await evidence.keep(runId, 'collect', fact) });
    }
    await pinLabels(run, await runs.doneBy(original.run.id, 'curate'));
    return pinned;
  }

  async function requireBytes(digest: Digest, what: string): Promise<void> {
    if (await artifacts.verify(digest)) return;
    const message = `The sealed bytes of ${what} (${digest}) are missing or altered. Restore them from a backup of the artifact store.`;
    throw new LifecycleError('ARTIFACT', message, { digest });
  }

  /** The labels that people had given when the original read them: newer ones would make other data. */
  async function pinLabels({ id: runId, project, plan }: RunRecord, originalId: string): Promise<void> {
    for (const { labels } of plan.data.sources) {
      if (labels.by !== 'feedback') continue;
      const { alias } = labels;
      const read = labelsEffect({ runId: originalId, project, alias });
      const { externalId } = await effects.intend(read.key, read.request);
      if (externalId === null)
        throw new LifecycleError('NOT_FOUND', `${originalId} kept no labels of ${alias} to start from again.`);
      await requireBytes(externalId as Digest, `the labels of ${alias}`);
      await firstResult(effects, labelsEffect({ runId, project, alias }), async () => externalId as Digest);
    }
  }

  async function made(version: ModelVersion): Promise<Made> {
    const [datasetId] = (await evidence.usedBy(version.runId, 'dataset')).slice(-1);
    const evaluationIds = await evidence.usedBy(version.runId, 'evaluation');
    const dataset = datasetId === undefined ? null : datasetBodySchema.parse((await evidence.load(datasetId)).body);
    const evaluations = await Promise.all(
      evaluationIds.map(async (id) => evaluationBodySchema.parse((await evidence.load(id)).body)),
    );
    return {
      version,
      datasets: new Map((dataset?.splits ?? []).map((split) => [split.name, split.datasetId])),
      evaluations,
      rests: [version.evidence, ...(datasetId === undefined ? [] : [datasetId]), ...evaluationIds],
    };
  }

  async function keepVerdict(
    run: RunRecord,
    verdict: RecreationVerdict,
    from: { original: ModelVersion; inputs: Digest[]; stage: Stage },
  ): Promise<RecreationVerdict> {
    const fact: Evidence = {
      kind: 'recreation',
      subject: subjectOf(from.original),
      producer: PRODUCER,
      inputs: [...new Set(from.inputs)],
      body: { version: from.original.id, run: run.id, ...verdict },
    };
    await evidence.keep(run.id, from.stage, fact);
    return verdict;
  }

  return {
    /** Reads the original's sealed sources through, and takes them for this run. */
    pinInputs: ({ runId }: { runId: string }): Promise<CollectedSource[]> => beating(() => pinSources(runId)),

    /** Compares what came out with the original, and keeps the grade as evidence. */
    async gradeRecreation({ runId, versionId }: { runId: string; versionId: string }): Promise<RecreationVerdict> {
      const run = await runs.load(runId);
      const { version } = await originalOf(run);
      const original = await made(version);
      const again = await made(await registry.version(run.project, versionId));
      const inputs = [...original.rests, ...again.rests];
      return keepVerdict(run, gradeRecreation(compare(original, again)), {
        original: version,
        inputs,
        stage: 'evaluate',
      });
    },

    /** Keeps that the model could not be made again, and what stood against it. */
    async noteImpossible(input: { runId: string; stage: Stage; message: string }): Promise<RecreationVerdict> {
      const run = await runs.load(input.runId);
      const { version } = await originalOf(run);
      const from = { original: version, inputs: [version.evidence], stage: input.stage };
      return keepVerdict(run, impossible(input.stage, input.message), from);
    },
  };
}

function compare(original: Made, again: Made): RecreationFacts {
  const tasks = original.evaluations.map((evaluation) => ({
    original: evaluation,
    recreated: again.evaluations.find(({ task }) => task.id === evaluation.task.id),
  }));
  return {
    datasets: [...new Set([...original.datasets.keys(), ...again.datasets.keys()])].map((name) => ({
      name,
      original: original.datasets.get(name) ?? null,
      recreated: again.datasets.get(name) ?? null,
    })),
    weights: {
      original: original.version.trained.weights?.digest ?? null,
      recreated: again.version.trained.weights?.digest ?? null,
    },
    answers: tasks.flatMap(({ original: { task, artifacts }, recreated }) =>
      artifacts === undefined || recreated?.artifacts === undefined
        ? []
        : [{ task: task.id, original: artifacts.candidate, recreated: recreated.artifacts.candidate }],
    ),
    metrics: tasks.flatMap(({ original: { task, scores }, recreated }) =>
      scores.map(({ metric, candidate }) => ({
        task: task.id,
        metric,
        original: candidate as Measured<number>,
        recreated: (recreated?.scores.find((score) => score.metric === metric)?.candidate ?? {
          status: 'unmeasured',
          reason: 'it was not evaluated again',
        }) as Measured<number>,
      })),
    ),
  };
}
