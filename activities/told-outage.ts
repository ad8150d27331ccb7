import { isLifecycleError } from '../domain/kernel/errors.js';
import type { Stage } from '../domain/kernel/states.js';
import type { RunStore } from '../domain/ports/run-store.js';
import { isRetryable } from './failure.js';

/**
 * Work of a stage that asks a provider. Where that fails and is tried again, the run says so: a person who looks at
 * it sees what it waits for.
 */
export async function tellingOutage<T>(
  runs: Pick<RunStore, 'setProgress'>,
  { runId, stage }: { runId: string; stage: Stage },
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (isLifecycleError(error, 'PROVIDER') && isRetryable(error))
      // Where that cannot be written either, the first error is the one to hear of.
      await runs.setProgress(runId, stage, `${error.message} It is tried again.`).catch(() => undefined);
    throw error;
  }
}
