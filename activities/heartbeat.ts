import { Context } from '@temporalio/activity';

const EVERY_MILLISECONDS = 3_000;

/** Heartbeats while one call that reports no progress of its own goes on. */
export async function beating<T>(work: () => Promise<T>): Promise<T> {
  const context = Context.current();
  context.heartbeat();
  const timer = setInterval(() => context.heartbeat(), EVERY_MILLISECONDS);
  try {
    return await work();
  } finally {
    clearInterval(timer);
  }
}
