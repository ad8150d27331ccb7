import { createHash } from 'node:crypto';
import { Context } from '@temporalio/activity';
import { digestOf } from '../domain/evidence/canonical.js';
import type { Evidence } from '../domain/evidence/evidence.js';
import type { Digest } from '../domain/kernel/digest.js';
import { LifecycleError } from '../domain/kernel/errors.js';
import { printMoney } from '../domain/kernel/units/money.js';
import type { ArtifactRef, ArtifactStore } from '../domain/ports/artifact-store.js';
import type { RegistryStore } from '../domain/ports/registry-store.js';
import type { EffectLedger, RunRecord, RunStore } from '../domain/ports/run-store.js';
import type { Quote, TrainedModel, Trainer, TrainingEvent } from '../domain/ports/trainer.js';
import type { CurateResult } from './curate.js';
import { readRecords, splitNamed } from './datasets.js';
import { beating } from './heartbeat.js';

const PRODUCER = { name: 'assay/fine-tune', version: '1' };
const POLL_MILLISECONDS = 500;
const CHARACTERS_PER_TOKEN = 4;

export interface SealedModel {
  versionId: string;
  training: Digest;
  /** The weights' digest, or that of the provider's word where it keeps them. */
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
  const trainerOf = (run: RunRecord): Trainer => {
    const trainer = trainers[run.plan.model.provider];
    if (trainer) return trainer;
    const known = Object.keys(trainers).join(', ') || 'none';
    throw new LifecycleError('INVALID_INPUT', `No provider is named '${run.plan.model.provider}'. Known: ${known}.`);
  };

  /** What the job will cost: its tokens are estimated, a token being four characters of the text. */
  async function quoteOf(run: RunRecord, training: Digest): Promise<Quote> {
    let characters = 0;
    for await (const { input, label } of readRecords(artifacts, training)) characters += input.length + label.length;
    return trainerOf(run).quote({
      baseModel: run.plan.model.base.id,
      tokens: Math.ceil(characters / CHARACTERS_PER_TOKEN),
      hyperparameters: run.plan.train.hyperparameters,
    });
  }

  return {
    async submitTraining({ runId, curated }: { runId: string; curated: CurateResult }): Promise<{ jobId: string }> {
      const run = await runs.load(runId);
      const trainer = trainerOf(run);
      const { train, model } = run.plan;
      const effectKey = `${runId}/fine-tune`;
      const trainingSplit = splitNamed(curated, 'train');
      const request = { base: model.base.id, dataset: trainingSplit.datasetId, ...train };
      const known = await effects.intend(effectKey, digestOf(request));
      if (known.externalId !== null) return { jobId: known.externalId };

      requireBudget(run, await quoteOf(run, trainingSplit.artifact));
      const validation = curated.splits.find((split) => split.name === 'validation');
      const job = await beating(() =>
        trainer.submit(
          {
            key: jobKey(instance, runId),
            baseModel: model.base.id,
            training: chatLines(artifacts, trainingSplit.artifact),
            ...(validation && { validation: chatLines(artifacts, validation.artifact) }),
            suffix: run.name.slice(0, 40),
            seed: train.seed,
            hyperparameters: train.hyperparameters,
          },
          Context.current().cancellationSignal,
        ),
      );
      await effects.done(effectKey, job.jobId);
      return job;
    },

    /** Ends when the job has; resumes after the last event that a heartbeat named. */
    async followTraining({ runId, jobId }: { runId: string; jobId: string }): Promise<void> {
      const context = Context.current();
      const trainer = trainerOf(await runs.load(runId));
      const details = context.info.heartbeatDetails as { after: string } | undefined;
      let after = details?.after;
      for (;;) {
        context.heartbeat({ after });
        const state = await trainer.follow(jobId, after, context.cancellationSignal);
        after = state.events.at(-1)?.id ?? after;
        await runs.setProgress(runId, 'fine-tune', progressLine(state.rawStatus, state.events));
        if (state.status === 'succeeded') return;
        if (state.status === 'failed' || state.status === 'cancelled')
          throw jobEnded(jobId, state.rawStatus, state.error);
        await context.sleep(POLL_MILLISECONDS);
      }
    },

    async cancelTraining({ runId, jobId }: { runId: string; jobId: string }): Promise<void> {
      const state = await trainerOf(await runs.load(runId)).cancel(jobId);
      const note = state.status === 'cancelled' ? 'the job was cancelled' : `the job is still '${state.rawStatus}'`;
      await runs.setProgress(runId, 'fine-tune', note);
    },

    /** Takes what came out into the artifact store and the registry. */
    async sealModel(input: { runId: string; jobId: string; curated: CurateResult }): Promise<SealedModel> {
      const { runId, jobId, curated } = input;
      const run = await runs.load(runId);
      const trainer = trainerOf(run);
      const result = await trainer.result(jobId, Context.current().cancellationSignal);
      const files: Record<string, ArtifactRef> = {};
      for (const file of result.files) {
        files[file.name] = await artifacts.put(file.content);
        Context.current().heartbeat();
      }
      const weights = files['weights.bin'] ?? null;
      const trained: TrainedModel = { provider: run.plan.model.provider, model: result.model, jobId, weights };
      const subject = weights?.digest ?? digestOf({ provider: trained.provider, model: trained.model, jobId });
      const losses = await lossCurve(trainer, jobId);
      const evidence: Evidence = {
        kind: 'training',
        subject,
        producer: PRODUCER,
        inputs: [curated.dataset],
        body: {
          baseModel: run.plan.model.base.id,
          provider: trained.provider,
          train: run.plan.train,
          dataset: splitNamed(curated, 'train').datasetId,
          trainedTokens: result.trainedTokens,
          quote: await quoteOf(run, splitNamed(curated, 'train').artifact),
          files: Object.fromEntries(Object.entries(files).map(([name, { digest }]) => [name, digest])),
          losses,
        },
      };
      const summary = { jobId, model: trained.model, weights: subject, losses, trainedTokens: result.trainedTokens };
      const ids = await runs.finishStage({
        runId,
        stage: 'fine-tune',
        status: 'succeeded',
        summary,
        evidence: [evidence],
      });
      const version = await registry.register({
        project: run.project,
        name: run.name,
        runId,
        trained,
        baseModel: run.plan.model.base.id,
        evidence: ids[0]!,
      });
      return { versionId: version.id, training: ids[0]!, subject };
    },
  };
}

/** The same for every attempt at this run's job: by it the provider is asked whether the job exists. */
const jobKey = (instance: string, runId: string): string =>
  createHash('sha256').update(`assay/${instance}/${runId}/fine-tune`).digest('hex');

async function* chatLines(artifacts: ArtifactStore, artifact: Digest): AsyncIterable<Uint8Array> {
  for await (const { input, label } of readRecords(artifacts, artifact)) {
    const messages = [
      { role: 'user', content: input },
      { role: 'assistant', content: label },
    ];
    yield Buffer.from(`${JSON.stringify({ messages })}\n`);
  }
}

function progressLine(status: string, events: TrainingEvent[]): string {
  const last = events.findLast((event) => event.data['loss'] !== undefined);
  const loss = last?.data['loss'];
  return loss === undefined ? `the job is ${status}` : `the job is ${status}: loss ${loss.toFixed(4)}`;
}

async function lossCurve(trainer: Trainer, jobId: string): Promise<Record<string, number>[]> {
  const { events } = await trainer.follow(jobId, undefined, Context.current().cancellationSignal);
  return events.filter((event) => event.data['loss'] !== undefined).map((event) => event.data);
}

function requireBudget({ plan }: RunRecord, quote: Quote): void {
  if (plan.budget === null || quote.costMicroUsd <= plan.budget.limitMicroUsd) return;
  throw new LifecycleError(
    'NOT_ALLOWED',
    `The training is quoted at ${printMoney(quote.costMicroUsd)}, above the budget of ${printMoney(plan.budget.limitMicroUsd)}. Raise budget.limit or train on less.`,
    { costMicroUsd: quote.costMicroUsd, limitMicroUsd: plan.budget.limitMicroUsd },
  );
}

const jobEnded = (jobId: string, status: string, error: string | undefined): LifecycleError =>
  new LifecycleError('INVALID_INPUT', `The training job ${jobId} ended as '${status}'${error ? `: ${error}` : ''}.`, {
    jobId,
    status,
  });
