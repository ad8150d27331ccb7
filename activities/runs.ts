import { LifecycleError } from '../domain/kernel/errors.js';
import type { Digest } from '../domain/kernel/digest.js';
import { isEnded, isReusable, type CommandKind, type RunStatus, type Stage } from '../domain/kernel/states.js';
import type { RegistryStore } from '../domain/ports/registry-store.js';
import type { RunRecord, RunStore, StageOrigin } from '../domain/ports/run-store.js';
import type { Trainer } from '../domain/ports/trainer.js';
import { reuseKey, type StageInputs } from '../domain/reuse/reuse-key.js';
import { championSubject } from './predictions.js';

/** What the workflow needs of a run: ids, names and times; the plan itself stays in Postgres. */
export interface RunOutline {
  runId: string;
  project: string;
  name: string;
  sourceUris: string[];
  tasks: string[];
  rollout: { traffic: number; bakeMilliseconds: number }[];
  approvalExpiresAfterMilliseconds: number;
  /** False: the base model is taken as it is. Absent in histories from before there was a choice: true. */
  isTrained?: boolean;
}

interface BeginStageInput {
  runId: string;
  stage: Stage;
  /** What the stages before left for it, where the same again may give the same result. */
  given?: StageInputs;
}

interface Dependencies {
  runs: RunStore;
  registry: RegistryStore;
  trainers: Record<string, Trainer>;
}

/** The rows of runs and stages. */
export function createRunActivities({ runs, registry, trainers }: Dependencies) {
  async function keyOf({ runId, stage, given }: BeginStageInput): Promise<Digest | null> {
    if (given === undefined || !isReusable(stage)) return null;
    const run = await runs.load(runId);
    // A model that is made again is no result for others, nor are theirs for it.
    if (run.recreates !== null) return null;
    const champion = stage === 'evaluate' ? { champion: await championSubject(registry, run) } : {};
    return reuseKey(stage, run.plan, { ...given, ...champion });
  }

  return {
    /**
     * @throws LifecycleError CONFLICT for a run that has ended: its rows say how, and nothing is done twice.
     * INVALID_INPUT where its trainer will not take what the plan asks for.
     */
    async beginRun({ runId }: { runId: string }): Promise<RunOutline> {
      const run = await runs.load(runId);
      const { project, name, plan, status } = run;
      if (isEnded(status))
        throw new LifecycleError('CONFLICT', `Run ${runId} has already ended as ${status}. Request another.`);
      await runs.begin(runId);
      refuseUntrainable(trainers, run);
      return {
        runId,
        project,
        name,
        sourceUris: [...new Set(plan.data.sources.map((source) => source.uri))],
        tasks: plan.evaluate.tasks.map((task) => task.id),
        rollout: plan.deploy.rollout,
        approvalExpiresAfterMilliseconds: plan.approve.expiresAfterMilliseconds,
        isTrained: plan.train !== null,
      };
    },

    /** Opens a stage. @returns the run whose result may stand for it, or null. */
    beginStage: async (input: BeginStageInput): Promise<StageOrigin | null> =>
      runs.beginStage(input.runId, input.stage, await keyOf(input)),

    async failStage({ runId, stage, message }: { runId: string; stage: Stage; message: string }): Promise<void> {
      await runs.finishStage({ runId, stage, status: 'failed', summary: { error: message }, evidence: [] });
    },

    /** The command that a message named, or nothing where none is on file for this run. */
    async takeCommand(input: { runId: string; commandId: string }): Promise<{ kind: CommandKind } | undefined> {
      const command = await runs.takeCommand(input.runId, input.commandId);
      if (command !== undefined && command.kind !== 'cancel') {
        await runs.setPaused(input.runId, command.kind === 'pause', input.commandId);
      }
      return command;
    },

    finishRun: ({ runId, status, reason }: { runId: string; status: RunStatus; reason: string | null }) =>
      runs.finish(runId, status, reason),
  };
}

/** What the trainer can tell beforehand is told before anything is collected. */
function refuseUntrainable(trainers: Record<string, Trainer>, { plan }: RunRecord): void {
  if (plan.train === null) return;
  const { provider, base } = plan.model;
  const { hyperparameters } = plan.train;
  const problems = trainers[provider]?.problems?.({ baseModel: base.id, hyperparameters }) ?? [];
  if (problems.length === 0) return;
  const message = `The provider ${provider} does not take this training.\n${problems.join('\n')}`;
  throw new LifecycleError('INVALID_INPUT', message, { problems });
}
