import { setTimeout as sleep } from 'node:timers/promises';

export interface Loop {
  /** Runs the work soon, even if its time has not come. */
  wake(): void;
  /** Ends after the work in progress. */
  stop(): Promise<void>;
}

const AFTER_AN_ERROR_MILLISECONDS = 1_000;

/**
 * Repeats work until stopped: when woken, else as soon as it said. An error is reported and the work repeated after a
 * second. Who wakes it during the work is heard: it runs once more. Ends and starts lie `apartMilliseconds` apart, so
 * that under load what has come meanwhile is done together.
 */
export function startLoop(options: {
  /** Answers how long it may rest, in ms; 0: there is more to do. */
  work: () => Promise<number>;
  apartMilliseconds?: number;
  onError: (error: unknown) => void;
}): Loop {
  const stopping = new AbortController();
  let isWoken = false;
  let interrupt = (): void => undefined;
  const { apartMilliseconds = 0 } = options;

  async function run(): Promise<void> {
    while (!stopping.signal.aborted) {
      isWoken = false;
      const restMilliseconds = await options.work().catch((error: unknown) => {
        options.onError(error);
        return AFTER_AN_ERROR_MILLISECONDS;
      });
      if (apartMilliseconds > 0) await sleep(apartMilliseconds);
      if (restMilliseconds > apartMilliseconds && !isWoken && !stopping.signal.aborted) await rest(restMilliseconds);
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
