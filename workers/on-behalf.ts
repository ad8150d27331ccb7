import { AsyncLocalStorage } from 'node:async_hooks';
import type { ActivityExecuteInput, ActivityInboundCallsInterceptor, Next } from '@temporalio/worker';

const running = new AsyncLocalStorage<{ runId: string }>();

/** Notes for which run an activity works, so that the calls that it makes are counted for that run's project. */
export const onBehalfInterceptor = (): { inbound: ActivityInboundCallsInterceptor } => ({
  inbound: {
    execute(input: ActivityExecuteInput, next: Next<ActivityInboundCallsInterceptor, 'execute'>) {
      const runId = (input.args[0] as { runId?: unknown } | undefined)?.runId;
      return typeof runId === 'string' ? running.run({ runId }, () => next(input)) : next(input);
    },
  },
});

const MOST_KNOWN = 10_000;

/** Who the activity that asks this works for; undefined outside of one. */
export function createOnBehalf(
  projectOf: (runId: string) => Promise<string>,
): () => Promise<{ runId: string; project: string } | undefined> {
  const projects = new Map<string, string>();
  return async () => {
    const runId = running.getStore()?.runId;
    if (runId === undefined) return undefined;
    const project = projects.get(runId) ?? (await projectOf(runId));
    if (projects.size >= MOST_KNOWN) projects.clear();
    projects.set(runId, project);
    return { runId, project };
  };
}
