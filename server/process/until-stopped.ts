/**
 * Waits for SIGTERM or SIGINT, or, for a child of `assay dev`, until the parent is gone (killed, it can stop nobody).
 * A second signal ends the process at once.
 */
export function untilStopped(options: { followParent: boolean }): Promise<string> {
  return new Promise((resolve) => {
    const stop = (reason: string): void => {
      for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => process.exit(130));
      resolve(reason);
    };
    process.once('SIGTERM', () => stop('SIGTERM'));
    process.once('SIGINT', () => stop('SIGINT'));
    if (options.followParent) process.once('disconnect', () => stop('the parent is gone'));
  });
}
