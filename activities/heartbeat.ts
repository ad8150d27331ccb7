import { Context } from '@temporalio/activity';

const EVERY_MILLISECONDS = 1_000;

/**
 * Heartbeats from the first moment to the end of work that waits for others. `details` are what a next attempt resumes
 * from, as they are at that moment; without them those of the attempt before are said again.
 */
export async function beating<T>(work: () => Promise<T>, details?: () => unknown): Promise<T> {
  const context = Context.current();
  const beat = (): void => context.heartbeat(details === undefined ? context.info.heartbeatDetails : details());
  beat();
  const timer = setInterval(beat, EVERY_MILLISECONDS);
  try {
    return await work();
  } finally {
    clearInterval(timer);
  }
}

/** Lets other work have its turn, and says that this one is alive. @throws CancelledFailure when cancelled. */
export async function breathe(progress?: number): Promise<void> {
  const context = Context.current();
  context.heartbeat(progress);
  await new Promise((resolve) => setImmediate(resolve));
  context.cancellationSignal.throwIfAborted();
}
