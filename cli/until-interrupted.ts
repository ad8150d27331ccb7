import { EXIT } from '../domain/exit-codes.js';

/**
 * Watches what goes on elsewhere: Ctrl-C ends the watching only, and `sayHowToGoOn` says how to come back to it.
 * @returns the work's answer, or the exit code of an interrupted command
 */
export async function untilInterrupted<T>(
  watch: (signal: AbortSignal) => Promise<T>,
  sayHowToGoOn: () => void,
): Promise<T | { exitCode: number }> {
  const interrupt = new AbortController();
  const onInterrupt = (): void => interrupt.abort();
  process.once('SIGINT', onInterrupt);
  try {
    return await watch(interrupt.signal);
  } catch (error) {
    if (!interrupt.signal.aborted) throw error;
    sayHowToGoOn();
    return { exitCode: EXIT.interrupted };
  } finally {
    process.off('SIGINT', onInterrupt);
  }
}
