import type { WorkflowHandle } from '@temporalio/client';
import type { Activities } from '../../activities/create-activities.js';
import { quietActivities } from './quiet-activities.js';
import type { RunningWorkers } from './workflow-worker.js';

/** One worker serves a whole test file; each of its tests says what the activities do, and reads what was called. */
export function createScenario() {
  let now = quietActivities();
  let count = 0;
  const call = (name: string, args: unknown[]): unknown =>
    (now.activities[name as keyof Activities] as (...given: unknown[]) => unknown)(...args);
  const names = Object.keys(now.activities);
  return {
    /** What the worker is given. */
    activities: Object.fromEntries(
      names.map((name) => [name, (...args: unknown[]) => call(name, args)]),
    ) as Partial<Activities>,
    perform(over: Partial<Activities> = {}): void {
      now = quietActivities(over);
    },
    calls: (): string[] => now.calls,
    ended: (): { status: string; reason: string | null }[] => now.ended,
    startRun({ client }: RunningWorkers): Promise<WorkflowHandle> {
      const runId = `run-${++count}`;
      const workflowId = `lifecycle/default/${runId}`;
      return client.workflow.start('lifecycleWorkflow', { taskQueue: 'assay', workflowId, args: [{ runId }] });
    },
  };
}

/** A door that stays shut until it is opened. */
export function createDoor(): { open(): void; isReached(): boolean; pass(): Promise<void> } {
  let open = (): void => undefined;
  let isReached = false;
  const opened = new Promise<void>((resolve) => (open = resolve));
  return {
    open: () => open(),
    isReached: () => isReached,
    pass() {
      isReached = true;
      return opened;
    },
  };
}
