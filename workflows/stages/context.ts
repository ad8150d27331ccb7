import {
  ActivityFailure,
  ApplicationFailure,
  CancellationScope,
  ChildWorkflowFailure,
  isCancellation,
} from '@temporalio/workflow';
import type { RunOutline } from '../../activities/runs.js';
import { isReusable, type Stage } from '../../domain/kernel/states.js';
import type { StageInputs } from '../../domain/reuse/reuse-key.js';
import { bookkeeping, transfer } from '../activity-proxies.js';

interface Opened {
  run: RunOutline;
  stage: Stage;
  /** What the stages before left for this one; the same again may be answered by what another run left. */
  given?: StageInputs;
}

/**
 * Opens a stage, does its work, and says so when it failed; what it leaves is written by its last activity. Where
 * another run has left the result already, that is taken in place of the work.
 */
export async function inStage<T>({ run, stage, given }: Opened, work: () => Promise<T>): Promise<T> {
  const { runId } = run;
  const origin = await bookkeeping.beginStage({ runId, stage, ...(given && { given }) });
  try {
    if (origin === null || !isReusable(stage)) return await work();
    return ((await transfer.reuseStage({ runId, stage, origin })) as T | null) ?? (await work());
  } catch (error) {
    if (!isCancellation(error)) {
      const failed = { runId, stage, message: messageOf(error) };
      await CancellationScope.nonCancellable(() => bookkeeping.failStage(failed));
    }
    throw error;
  }
}

const MOST_CHARACTERS = 1_000;

/** The sentence that a person can act on: that of the innermost failure. */
export function messageOf(error: unknown): string {
  if ((error instanceof ActivityFailure || error instanceof ChildWorkflowFailure) && error.cause)
    return messageOf(error.cause);
  const message = error instanceof ApplicationFailure || error instanceof Error ? error.message : String(error);
  return message.slice(0, MOST_CHARACTERS);
}
