import { createHash } from 'node:crypto';
import { Context } from '@temporalio/activity';
import { modelSubject } from '../domain/approvals/bound-model.js';
import { digestOf } from '../domain/evidence/canonical.js';
import { evidenceId, type Evidence } from '../domain/evidence/evidence.js';
import type { Digest } from '../domain/kernel/digest.js';
import { LifecycleError, providerError } from '../domain/kernel/errors.js';
import type { TrainSpec } from '../domain/lifecycle-file/plan.js';
import { PRODUCERS } from '../domain/producers.js';
import type { ArtifactRef, ArtifactStore } from '../domain/ports/artifact-store.js';
import type { RegistryStore } from '../domain/ports/registry-store.js';
import type { EffectLedger, RunRecord, RunStore } from '../domain/ports/run-store.js';
import type { TrainedModel, Trainer } from '../domain/ports/trainer.js';
import { isNotable, varianceInWords, varianceOf } from '../domain/training/variance.js';
import type { CurateResult } from './curate.js';
import { splitNamed } from './datasets.js';
import { trainerOfRun } from './follow-training.js';
import { beating } from './heartbeat.js';
import { wentBack } from './strange-jobs.js';
import { quoteTraining, refuseOverrun, requireBudget, trainingFiles } from './training-files.js';
import { tellingOutage } from './told-outage.js';

/** After this, a job whose submission was cut off is listed by its provider. */
const LATE_JOB_MILLISECONDS = 2_000;
/** Points of the loss curve in the summary; all of them are in the evidence. */
const MOST_POINTS = 150;

export interface SealedModel {
  versionId: string;
  /** The evidence of how it was made: of kind `training`, or `base-model` where nothing was trained. */
  training: Digest;
  /** See `modelSubject`. */
  subject: Digest;
}

interface Dependencies {
  runs: RunStore;
  effects: EffectLedger;
  registry: RegistryStore;
  artifacts: ArtifactStore;
  trainers: Record<string, Trainer>;
  /** The installation: two of them may share one provider. */
  instance: string;
}

/** One job for each run, whatever happens between the call and its answer. */
export function createTrainingActivities({ runs, effects, registry, artifacts, trainers, instance }: Dependencies) {
  const trainerOf = (run: RunRecord): Trainer => trainerOfRun(trainers, run);

  async function submit(runId: string, curated: CurateResult): Promise<{ jobId: string }> {
    const run = await runs.load(runId);
    const trainer = trainerOf(run);
    const { model } = run.plan;
    const { prompt } = model;
    const train = trainOf(run);
    const effectKey = `${runId}/fine-tune`;
    const trainingSplit = splitNamed(curated, 'train');
    const request = {
      base: model.base.id,
      dataset: trainingSplit.datasetId,
      ...train,
      ...(prompt && { prompt: prompt.digest }),
    };
    const known = await effects.intend(effectKey, digestOf(request));
    if (known.externalId !== null) return { jobId: known.externalId };
    // An earlier attempt may have created the job and not have heard of it.
    const left = known.isNew ? null : await jobOf(trainer, runId, null);
    if (left !== null) {
      await effects.done(effectKey, left);
      return { jobId: left };
    }
    if (!known.isNew && trainer.deduplication === 'none') throw unknownOutcome(run);

    const files = trainingFiles(artifacts, run, curated);
    requireBudget(run, (await quoteTraining(trainer, run, files)).quote);
    const job = await trainer.submit(
      {
        key: jobKey(instance, runId),
        baseModel: model.base.id,
        ...files,
        suffix: run.name.slice(0, 40),
        seed: train.seed,
        hyperparameters: train.hyperparameters,
      },
      Context.current().cancellationSignal,
    );
    await effects.done(effectKey, job.jobId);
    return job;
  }

  /** The job of this run: the one that is known, or what a submission left that was cancelled before its answer. */
  async function jobOf(trainer: Trainer, runId: string, jobId: string | null): Promise<string | null> {
    if (jobId !== null) return jobId;
    const key = jobKey(instance, runId);
    const found = await trainer.find(key);
    if (found !== undefined) return found.jobId;
    await Context.current().sleep(LATE_JOB_MILLISECONDS);
    return (await trainer.find(key))?.jobId ?? null;
  }

  async function seal(input: { runId: string; jobId: string; curated: CurateResult }): Promise<SealedModel> {
    const { runId, jobId, curated } = input;
    const run = await runs.load(runId);
    const trainer = trainerOf(run);
    const result = await trainer.result(jobId, Context.current().cancellationSignal).catch(wentBack(jobId));
    const { quote, seen } = await quoteTraining(trainer, run, trainingFiles(artifacts, run, curated));
    const variance = varianceOf(quote, result.trainedTokens);
    refuseOverrun(run, jobId, variance);
    const files: Record<string, ArtifactRef> = {};
    for (const file of result.files) {
      files[file.name] = await artifacts.put(file.content);
    }
    const weights = files[result.weights ?? 'weights.bin'] ?? null;
    const { provider, base, prompt } = run.plan.model;
    const trained: TrainedModel = {
      provider,
      model: result.model,
      jobId,
      weights,
      ...(prompt !== undefined && { prompt }),
      ...(base.import !== undefined && { imported: base.import }),
    };
    const subject = modelSubject(trained);
    const losses = await lossCurve(trainer, jobId);
    const evidence: Evidence = {
      kind: 'training',
      subject,
      producer: PRODUCERS['fine-tune'],
      inputs: [curated.dataset, ...(base.import === undefined ? [] : [base.import.evidence])],
      body: {
        baseModel: base.id,
        provider,
        ...(prompt !== undefined && { prompt }),
        train: trainOf(run),
        dataset: splitNamed(curated, 'train').datasetId,
        trainedTokens: result.trainedTokens,
        quote,
        ...(seen && { preflight: seen }),
        ...(variance && { variance }),
        files: Object.fromEntries(Object.entries(files).map(([name, { digest }]) => [name, digest])),
        losses,
      },
    };
    const summary = {
      jobId,
      model: trained.model,
      weights: weights?.digest ?? subject,
      losses: thinned(losses),
      trainedTokens: result.trainedTokens,
      ...(variance && isNotable(variance) && { variance: varianceInWords(variance) }),
    };
    const left = { training: evidenceId(evidence), subject };
    await runs.finishStage({
      runId,
      stage: 'fine-tune',
      status: 'succeeded',
      summary,
      result: left,
      evidence: [evidence],
      ...(variance && isNotable(variance) && { variance }),
    });
    const version = await registry.register({
      project: run.project,
      name: run.name,
      runId,
      trained,
      baseModel: base.id,
      evidence: left.training,
    });
    return { versionId: version.id, ...left };
  }

  return {
    submitTraining: ({ runId, curated }: { runId: string; curated: CurateResult }): Promise<{ jobId: string }> =>
      beating(() => tellingOutage(runs, { runId, stage: 'fine-tune' }, () => submit(runId, curated))),

    /** Cancels the job of a run that was cancelled, and says what became of it. */
    cancelTraining: ({ runId, jobId }: { runId: string; jobId: string | null }): Promise<void> =>
      beating(async () => {
        const trainer = trainerOf(await runs.load(runId));
        const found = await jobOf(trainer, runId, jobId);
        const state = found === null ? null : await trainer.cancel(found);
        const summary = { jobId: found, job: state?.rawStatus ?? 'there was none yet' };
        await runs.finishStage({ runId, stage: 'fine-tune', status: 'cancelled', summary, evidence: [] });
      }),

    /** Takes what came out into the artifact store and the registry. */
    sealModel: (input: { runId: string; jobId: string; curated: CurateResult }): Promise<SealedModel> =>
      beating(() => tellingOutage(runs, { runId: input.runId, stage: 'fine-tune' }, () => seal(input))),
  };
}

/** Nothing tells whether a job is there, so that another might be a second one: a person has to look. */
const unknownOutcome = ({ id, plan }: RunRecord): LifecycleError =>
  providerError(
    `A training for ${id} was submitted to ${plan.model.provider}, and no answer came. This provider cannot be asked for it, so nothing is submitted again. Look there: the job may be there, and cost.`,
    { retryable: false },
  );

/** @throws LifecycleError INTERNAL for a lifecycle that trains nothing: its workflow never asks. */
function trainOf({ id, plan }: RunRecord): TrainSpec {
  if (plan.train !== null) return plan.train;
  throw new LifecycleError('INTERNAL', `The lifecycle of ${id} has no training.`);
}

/** The same for every attempt at this run's job: by it the provider is asked whether the job exists. */
const jobKey = (instance: string, runId: string): string =>
  createHash('sha256').update(`assay/${instance}/${runId}/fine-tune`).digest('hex');

/** Points from the whole curve, and of those with a validation loss as many again. */
function thinned(points: readonly Record<string, number>[]): Record<string, number>[] {
  const validated = points.filter((point) => point['validationLoss'] !== undefined);
  const kept = new Set([...everyNth(points), ...everyNth(validated)]);
  return points.filter((point) => kept.has(point));
}

function everyNth<T>(points: readonly T[]): T[] {
  const step = Math.ceil((2 * points.length) / MOST_POINTS);
  return points.filter((_, index) => index % step === 0 || index === points.length - 1);
}

async function lossCurve(trainer: Trainer, jobId: string): Promise<Record<string, number>[]> {
  const { events } = await trainer.follow(jobId, undefined, Context.current().cancellationSignal);
  return events.filter((event) => event.data['loss'] !== undefined).map((event) => event.data);
}
