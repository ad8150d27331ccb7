import { allHandlersFinished, condition, continueAsNew, setHandler, workflowInfo } from '@temporalio/workflow';
import { bookkeeping } from './activity-proxies.js';
import { runEndedSignal, triggerSignal } from './messages.js';

export interface RetrainInput {
  project: string;
  name: string;
  /** Set when the workflow continues as new: triggers not looked at yet, and the one that waits. */
  carried?: { inbox: string[]; waiting: WaitingTrigger | null };
}

interface WaitingTrigger {
  triggerId: string;
  /** Looked at again at this time (milliseconds since the epoch); null: when a run ends or another trigger comes. */
  until: number | null;
}

/**
 * The one place that starts retrains of a model. It owns no child: an activity requests the run, the run's end wakes
 * it again, and what it decides on is read from Postgres each time.
 */
export async function retrainWorkflow(input: RetrainInput): Promise<void> {
  const { project, name } = input;
  const inbox = [...(input.carried?.inbox ?? [])];
  let waiting = input.carried?.waiting ?? null;
  setHandler(triggerSignal, ({ id }) => void inbox.push(id));
  setHandler(runEndedSignal, () => {
    if (waiting !== null) inbox.push(waiting.triggerId);
  });

  while (!workflowInfo().continueAsNewSuggested) {
    await wake(inbox, waiting?.until ?? null);
    const triggerId = inbox.shift() ?? waiting!.triggerId;
    const decision = await bookkeeping.considerTrigger({ project, name, triggerId });
    if (decision.action === 'start') waiting = null;
    else waiting = { triggerId, until: decision.afterMilliseconds && Date.now() + decision.afterMilliseconds };
  }
  await condition(allHandlersFinished);
  await continueAsNew<typeof retrainWorkflow>({ project, name, carried: { inbox, waiting } });
}

/** Returns when a trigger is there, or when the waiting one's time has come. */
async function wake(inbox: string[], until: number | null): Promise<void> {
  if (until === null) await condition(() => inbox.length > 0);
  else if (until > Date.now()) await condition(() => inbox.length > 0, until - Date.now());
}

/** Started by a Temporal Schedule: leaves a trigger on file, once for each time of the clock. */
export async function scheduledTriggerWorkflow({ project, name }: { project: string; name: string }): Promise<void> {
  await bookkeeping.recordScheduledTrigger({ project, name, key: workflowInfo().workflowId });
}
