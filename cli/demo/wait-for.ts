import { setTimeout as sleep } from 'node:timers/promises';
import { providerError } from '../../domain/kernel/errors.js';

const POLL_MILLISECONDS = 300;

/**
 * Asks again until there is an answer.
 * @throws LifecycleError PROVIDER when there is none in time; `what` says what was waited for
 */
export async function waitFor<T>(what: string, milliseconds: number, look: () => Promise<T | undefined>): Promise<T> {
  const deadline = Date.now() + milliseconds;
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    if (Date.now() >= deadline) {
      throw providerError(
        `${what} did not happen within ${milliseconds / 1000} s; the logs in the state folder say why.`,
        {
          retryable: false,
        },
      );
    }
    await sleep(POLL_MILLISECONDS);
  }
}
