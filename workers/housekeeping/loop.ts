export interface Loop {
  /** Runs the work soon, even if its time has not come. */
  wake(): void;
  /** Ends after the work in progress. */
  stop(): Promise<void>;
}

const AFTER_AN_ERROR_MILLISECONDS = 1_000;

/**
 * Repeats work until stopped: at once while there is more to do, else when woken or after `idleMilliseconds`. An error
 * is reported and the work repeated after a second. Who wakes it during the work is heard: it runs once more.
 */
export function startLoop(options: {
  /** Answers whether there is more to do. */
  work: () => Promise<boolean>;
  idleMilliseconds: number;
  onError: (error: unknown) => void;
}): Loop {
  const stopping = new AbortController();
  let isWoken = false;
  let interrupt = (): void => undefined;

  async function run(): Promise<void> {
    while (!stopping.signal.aborted) {
      isWoken = false;
      const restMilliseconds = await options.work().then(
        (isMore) => (isMore ? 0 : options.idleMilliseconds),
        (error: unknown) => {
          options.onError(error);
          return AFTER_AN_ERROR_MILLISECONDS;
        },
      );
      if (restMilliseconds > 0 && !isWoken && !stopping.signal.aborted) await rest(restMilliseconds);
    }
  }

  const rest = (milliseconds: number): Promise<void> =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      interrupt = () => {
        clearTimeout(timer);
        resolve();
      };
    });

  const ended = run();
  return {
    wake() {
      isWoken = true;
      interrupt();
    },
    async stop() {
      stopping.abort();
      interrupt();
      await ended;
    },
  };
}
