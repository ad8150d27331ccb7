import { allHandlersFinished, CancellationScope, condition, isCancellation } from '@temporalio/workflow';
import type { RunStatus } from '../domain/kernel/states.js';
import { bookkeeping } from './activity-proxies.js';
import type { RunControl } from './run-control.js';
import { messageOf } from './stages/context.js';

export interface LifecycleInput {
  runId: string;
}

/** How a run ended. `refused` is an answer with its reason, not an error. */
export interface LifecycleResult {
  status: Extract<RunStatus, 'succeeded' | 'refused' | 'cancelled'>;
  reason: string | null;
}

/** Does a run's work, as far as nobody cancels it, and writes how it ended. */
export async function finishRun(
  runId: string,
  control: RunControl,
  work: () => Promise<LifecycleResult>,
): Promise<LifecycleResult> {
  try {
    return await finish(runId, await control.scope.run(work));
  } catch (error) {
    if (isCancellation(error)) return finish(runId, { status: 'cancelled', reason: 'cancelled on command' });
    await finish(runId, { status: 'failed', reason: messageOf(error) });
    throw error;
  }
}

/** Not cancellable: once a run has ended, a cancel that comes meanwhile does not end it in another way. */
const finish = <R extends { status: RunStatus; reason: string | null }>(runId: string, result: R): Promise<R> =>
  CancellationScope.nonCancellable(async () => {
    await condition(allHandlersFinished);
    await bookkeeping.finishRun({ runId, ...result });
    return result;
  });
