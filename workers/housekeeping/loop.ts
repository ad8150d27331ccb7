import { setTimeout as pause } from 'node:timers/promises';

export interface Loop {
  /** Runs the work soon, even if its time has not come. */
  wake(): void;
  /** Ends after the work in progress. */
  stop(): Promise<void>;
}

/**
 * Repeats work until stopped: at once while there is more to do, else when woken or after `idleMilliseconds`. An error
 * is reported and the work repeated after a second.
 */
export function startLoop(options: {
  /** Answers whether there is more to do. */
  work: () => Promise<boolean>;
  idleMilliseconds: number;
  onError: (error: unknown) => void;
}): Loop {
  const stopped = new AbortController();
  let woken = new AbortController();

  async function run(): Promise<void> {
    while (!stopped.signal.aborted) {
      const waitMilliseconds = await options.work().then(
        (isMore) => (isMore ? 0 : options.idleMilliseconds),
        (error: unknown) => {
          options.onError(error);
          return 1_000;
        },
      );
      if (waitMilliseconds > 0) {
        const signal = AbortSignal.any([stopped.signal, woken.signal]);
        await pause(waitMilliseconds, undefined, { signal }).catch(() => undefined);
      }
      if (woken.signal.aborted) woken = new AbortController();
    }
  }

  const ended = run();
  return {
    wake: () => woken.abort(),
    async stop() {
      stopped.abort();
      await ended;
    },
  };
}
