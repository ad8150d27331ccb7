import { spanInWords } from '../time-words.js';

/** Runs a step of a start and says how long it took. */
export async function timedStep<T>(name: string, log: (line: string) => void, work: () => Promise<T>): Promise<T> {
  const startedAt = performance.now();
  const result = await work();
  log(`${name.padEnd(22)} ${spanInWords(performance.now() - startedAt)}`);
  return result;
}
