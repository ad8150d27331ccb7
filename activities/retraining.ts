import { decideRetrain, type RetrainDecision } from '../domain/kernel/retrain-policy.js';
import type { TriggerKind } from '../domain/kernel/states.js';
import type { RetrainFacts, RetrainStore } from '../domain/ports/traffic-store.js';
import type { RunStore } from '../domain/ports/run-store.js';

/** `kind` is null where no such trigger is on file. */
export type ConsideredTrigger = RetrainDecision & { kind: TriggerKind | null };

interface Dependencies {
  runs: RunStore;
  retrain: RetrainStore;
}

/** What the retrain entity decides on. */
export function createRetrainActivities({ runs, retrain }: Dependencies) {
  return {
    /** Looks at a trigger with the facts of this moment, and requests a run where the lifecycle file says so. */
    async considerTrigger(input: { project: string; name: string; triggerId: string }): Promise<ConsideredTrigger> {
      const { project, name, triggerId } = input;
      const facts = await retrain.facts(project, name, triggerId);
      if (facts === undefined) return { ...wait('no such trigger is on file'), kind: null };
      const { kind } = facts.trigger;
      const decision = await decide(facts, runs);
      if (decision.action === 'wait') {
        if (decision.afterMilliseconds === null) await retrain.settle(triggerId, decision.reason);
        return { ...decision, kind };
      }
      const { runId } = await retrain.requestRun({ project, name, triggerId, startKey: `retrain/${triggerId}` });
      await retrain.settle(triggerId, `${runId} was requested: ${decision.reason}`);
      return { ...decision, kind };
    },

    async recordScheduledTrigger({
      project,
      name,
      key,
    }: {
      project: string;
      name: string;
      key: string;
    }): Promise<void> {
      await retrain.record({ project, name, kind: 'schedule', key });
    },
  };
}

async function decide(facts: RetrainFacts, runs: RunStore): Promise<RetrainDecision> {
  // An attempt that died between requesting the run and saying so: the same run again, and not a wait for its end.
  if (facts.startedRunId !== null) return { action: 'start', reason: 'by this trigger, before' };
  if (facts.championRunId === null) return wait('no version of this model is live');
  const { plan } = await runs.load(facts.championRunId);
  const isRunning = facts.runningRunId !== null;
  if (facts.trigger.kind === 'schedule' || facts.trigger.kind === 'manual') {
    return isRunning ? wait('a run of this lifecycle has not ended') : { action: 'start', reason: facts.trigger.kind };
  }
  if (plan.retrain.onDrift === null) return wait('the lifecycle file asks for no retrain on drift');
  return decideRetrain(plan.retrain.onDrift, {
    driftedWindows: facts.driftedWindows,
    newLabels: facts.newLabels,
    isRunning,
    lastRetrainAt: facts.lastRetrainAt === null ? null : Date.parse(facts.lastRetrainAt),
    now: Date.parse(facts.now),
  });
}

const wait = (reason: string): RetrainDecision => ({ action: 'wait', reason, afterMilliseconds: null });
