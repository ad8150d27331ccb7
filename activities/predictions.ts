import { Context } from '@temporalio/activity';
import { modelSubject } from '../domain/approvals/bound-model.js';
import { digestOf } from '../domain/evidence/canonical.js';
import type { DataRecord } from '../domain/data-record.js';
import type { Digest } from '../domain/kernel/digest.js';
import { LifecycleError } from '../domain/kernel/errors.js';
import type { TaskSpec } from '../domain/lifecycle-file/plan.js';
import type { ScoredItem } from '../domain/metrics/scored-item.js';
import { PROMPT_VERSION } from '../domain/producers.js';
import type { ArtifactStore } from '../domain/ports/artifact-store.js';
import type { ModelPort } from '../domain/ports/model.js';
import type { ModelVersion, RegistryStore } from '../domain/ports/registry-store.js';
import type { EffectLedger, RunRecord, RunStore } from '../domain/ports/run-store.js';
import { fillInput, systemMessages, type PromptText } from '../domain/prompts/prompt.js';
import type { CurateResult } from './curate.js';
import { putLines, readLines, readRecords, splitAsked, splitNamed, toArray } from './datasets.js';
import { firstResult } from './first-result.js';
import { beating } from './heartbeat.js';
import { tellingOutage } from './told-outage.js';

const CONCURRENCY = 8;
/** So many answers are asked for again, at most, after an attempt that died. */
const KEEP_EVERY = 100;

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
  /** Null where no version is live. */
  champion: { versionId: string; subject: Digest; predictions: Digest } | null;
}

/** Answers of an unfinished set, in the artifact store: what a next attempt resumes from. */
interface Kept {
  key?: string;
  answers?: Digest;
}

interface Asked {
  key: string;
  version: ModelVersion;
  task: TaskSpec;
  records: DataRecord[];
}

/** Asks models. A finished set of answers is kept and never asked for again; an unfinished one is gone on with. */
export function createPredictionActivities({ runs, effects, registry, artifacts, models }: Dependencies) {
  function predict(run: RunRecord, version: ModelVersion, task: TaskSpec, curated: CurateResult, kept: Kept) {
    const split = splitNamed(curated, splitAsked(task));
    const subject = subjectOf(version);
    const request = digestOf({ subject, dataset: split.datasetId, instruction: task.instruction });
    // What the original answered is no answer of the model that was made again: that one is asked itself.
    const scope = run.recreates === null ? '' : `${run.id}/`;
    const key = `predict/${scope}${PROMPT_VERSION}/${request}`;
    return firstResult(effects, { key, request }, async () => {
      const records = await toArray(readRecords(artifacts, split.artifact));
      const items = await askAll({ key, version, task, records }, kept);
      return (await putLines(artifacts, items)).digest;
    });
  }

  async function askAll({ key, version, task, records }: Asked, kept: Kept): Promise<ScoredItem[]> {
    const { provider, model: name, prompt } = version.trained;
    const model = models[provider];
    if (!model) throw new LifecycleError('INVALID_INPUT', `No provider is named '${provider}'.`);
    const before = kept.key === key && kept.answers !== undefined ? await answersIn(kept.answers) : [];
    const known = new Map(before.map((item) => [item.id, item]));
    const keep = async (): Promise<void> => {
      Object.assign(kept, { key, answers: (await putLines(artifacts, known.values())).digest });
      Context.current().heartbeat({ ...kept });
    };
    const ask = async (record: DataRecord): Promise<ScoredItem> => {
      const id = digestOf(record);
      const request = { model: name, messages: messagesFor(task, prompt, record.input), temperature: 0 };
      const item = known.get(id) ?? { id, expected: record.label, predicted: await contentOf(model, request) };
      if (known.has(id)) return item;
      known.set(id, item);
      if (known.size % KEEP_EVERY === 0) await keep();
      return item;
    };
    try {
      return await inParallel(records, CONCURRENCY, ask);
    } catch (error) {
      if (known.size > before.length) await keep();
      throw error;
    }
  }

  /** An unfinished set that cannot be read is asked for again: nothing rests on it. */
  const answersIn = (artifact: Digest): Promise<ScoredItem[]> =>
    toArray(readLines<ScoredItem>(artifacts, artifact)).catch(() => []);

  async function predictTask(input: PredictInput, kept: Kept): Promise<TaskPredictions> {
    const { runId, curated, versionId } = input;
    const run = await runs.load(runId);
    const task = taskNamed(run, input.task);
    const candidate = await registry.version(run.project, versionId);
    // A model that is made again is held against its original, whoever serves now.
    const champion = run.recreates === null ? await liveChampion(registry, run) : null;
    return {
      task: task.id,
      datasetId: splitNamed(curated, splitAsked(task)).datasetId,
      candidate: await predict(run, candidate, task, curated, kept),
      champion: champion && {
        versionId: champion.id,
        subject: subjectOf(champion),
        predictions: await predict(run, champion, task, curated, kept),
      },
    };
  }

  return {
    predictTask(input: PredictInput): Promise<TaskPredictions> {
      const kept: Kept = { ...(Context.current().info.heartbeatDetails as Kept | undefined) };
      return beating(
        () => tellingOutage(runs, { runId: input.runId, stage: 'evaluate' }, () => predictTask(input, kept)),
        () => ({ ...kept }),
      );
    },
  };
}

interface PredictInput {
  runId: string;
  task: string;
  curated: CurateResult;
  versionId: string;
}

export const subjectOf = ({ trained }: ModelVersion): Digest => modelSubject(trained);

/** The version that is live for a run's alias; null: none is. */
async function liveChampion(registry: RegistryStore, { project, plan }: RunRecord): Promise<ModelVersion | null> {
  const { champion } = await registry.route(project, plan.deploy.alias);
  return champion === null ? null : registry.version(project, champion);
}

/** What the evaluation of a run compares with: the subject of the version that is live; null: none is. */
export async function championSubject(registry: RegistryStore, run: RunRecord): Promise<Digest | null> {
  const champion = await liveChampion(registry, run);
  return champion && subjectOf(champion);
}

/** @throws LifecycleError NOT_FOUND */
export function taskNamed(run: RunRecord, id: string): TaskSpec {
  const task = run.plan.evaluate.tasks.find((candidate) => candidate.id === id);
  if (task) return task;
  throw new LifecycleError('NOT_FOUND', `The lifecycle ${run.name} has no task '${id}'.`);
}

const contentOf = async (model: ModelPort, request: Parameters<ModelPort['chat']>[0]): Promise<string> =>
  (await model.chat(request, Context.current().cancellationSignal)).content;

/** As the gateway asks: the version's prompt stands before what the caller, here the task, says. */
const messagesFor = (task: TaskSpec, prompt: PromptText | undefined, input: string) => [
  ...systemMessages(prompt),
  ...(task.instruction === null ? [] : [{ role: 'system' as const, content: task.instruction }]),
  { role: 'user' as const, content: fillInput(prompt, input) },
];

/** Results in the order of the items; at most `width` in flight. After an error nothing more is begun. */
async function inParallel<T, R>(items: T[], width: number, work: (item: T) => Promise<R>): Promise<R[]> {
  const results = Array.from<R>({ length: items.length });
  let next = 0;
  const lane = async (): Promise<void> => {
    while (next < items.length) {
      const index = next++;
      results[index] = await work(items[index]!);
    }
  };
  const lanes = Array.from({ length: width }, () =>
    lane().catch((error: unknown) => {
      next = items.length;
      throw error;
    }),
  );
  // Answers that are on their way are waited for: they are kept too.
  await Promise.allSettled(lanes);
  await Promise.all(lanes);
  return results;
}
