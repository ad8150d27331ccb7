import {
  ActivityFailure,
  ApplicationFailure,
  CancellationScope,
  ChildWorkflowFailure,
  isCancellation,
} from '@temporalio/workflow';
import type { RunOutline } from '../../activities/runs.js';
import type { Stage } from '../../domain/kernel/states.js';
import { bookkeeping } from '../activity-proxies.js';

/** Opens a stage, does its work, and says so when it failed; what it leaves is written by its last activity. */
export async function inStage<T>(run: RunOutline, stage: Stage, work: () => Promise<T>): Promise<T> {
  await bookkeeping.beginStage({ runId: run.runId, stage });
  try {
    return await work();
  } catch (error) {
    if (!isCancellation(error)) {
      const failed = { runId: run.runId, stage, message: messageOf(error) };
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
