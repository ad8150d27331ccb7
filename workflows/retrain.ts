import {
  allHandlersFinished,
  condition,
  continueAsNew,
  isCancellation,
  log,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';
import type { RetrainDecision } from '../domain/kernel/retrain-policy.js';
import { bookkeeping } from './activity-proxies.js';
import { idIn, runEndedSignal, triggerSignal } from './messages.js';
import { messageOf } from './stages/context.js';

export interface RetrainInput {
  project: string;
  name: string;
  /** Set when the workflow continues as new: triggers not looked at yet, those that wait, and whether a run ended. */
  carried?: { inbox: string[]; waiting: WaitingTrigger[]; hasRunEnded: boolean };
}

/** The latest trigger of a kind that has not led to a run. */
interface WaitingTrigger {
  triggerId: string;
  kind: string;
  /** Looked at again at this time (milliseconds since the epoch); null: when a run ends or another trigger comes. */
  until: number | null;
}

const AT_LEAST_MILLISECONDS = 1_000;
const AFTER_AN_ERROR_MILLISECONDS = 3_600_000;

/**
 * The one place that starts retrains of a model. It owns no child: an activity requests the run, the run's end wakes
 * it again, and what it decides on is read from Postgres each time.
 */
export async function retrainWorkflow(input: RetrainInput): Promise<void> {
  const { project, name } = input;
  const inbox = [...(input.carried?.inbox ?? [])];
  let waiting = input.carried?.waiting ?? [];
  let hasRunEnded = input.carried?.hasRunEnded ?? false;
  setHandler(triggerSignal, (message) => void inbox.push(idIn(message, 'id')));
  // A flag and not a look at who waits: the run may end while the trigger that will wait for it is being considered.
  setHandler(runEndedSignal, () => void (hasRunEnded = true));

  while (!workflowInfo().continueAsNewSuggested) {
    await untilTrueOr(earliest(waiting), () => inbox.length > 0 || hasRunEnded);
    const due = waiting.filter(({ until }) => hasRunEnded || (until !== null && until <= Date.now()));
    if (hasRunEnded || inbox.length === 0) inbox.push(...due.map(({ triggerId }) => triggerId));
    hasRunEnded = false;
    const triggerId = inbox.shift();
    if (triggerId === undefined) continue;
    const decision = await consider({ project, name, triggerId });
    if (decision.action === 'start') waiting = [];
    // A trigger that is not on file waits for nothing, and takes no place of one that does.
    else if (decision.kind !== null)
      waiting = [
        ...waiting.filter(({ kind }) => kind !== decision.kind),
        asWaiting(triggerId, decision.kind, decision.afterMilliseconds),
      ];
  }
  await condition(allHandlersFinished);
  await continueAsNew<typeof retrainWorkflow>({ project, name, carried: { inbox, waiting, hasRunEnded } });
}

/** One trigger that cannot be judged must not end the entity, and with it what waits: it is looked at again. */
async function consider(trigger: {
  project: string;
  name: string;
  triggerId: string;
}): Promise<RetrainDecision & { kind: string | null }> {
  try {
    return await bookkeeping.considerTrigger(trigger);
  } catch (error) {
    if (isCancellation(error)) throw error;
    const reason = messageOf(error);
    log.error('a trigger could not be considered', { triggerId: trigger.triggerId, reason });
    return { action: 'wait', kind: 'failed', reason, afterMilliseconds: AFTER_AN_ERROR_MILLISECONDS };
  }
}

const asWaiting = (triggerId: string, kind: string, after: number | null): WaitingTrigger => ({
  triggerId,
  kind,
  until: after === null ? null : Date.now() + Math.max(after, AT_LEAST_MILLISECONDS),
});

const earliest = (waiting: WaitingTrigger[]): number | null => {
  const times = waiting.flatMap(({ until }) => (until === null ? [] : [until]));
  return times.length === 0 ? null : Math.min(...times);
};

async function untilTrueOr(time: number | null, isTrue: () => boolean): Promise<void> {
  if (time === null) await condition(isTrue);
  else if (time > Date.now()) await condition(isTrue, time - Date.now());
}

/** Started by a Temporal Schedule: leaves a trigger on file, once for each time of the clock. */
export async function scheduledTriggerWorkflow({ project, name }: { project: string; name: string }): Promise<void> {
  await bookkeeping.recordScheduledTrigger({ project, name, key: workflowInfo().workflowId });
}
