const EXIT_CODES = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;
type StopSignal = keyof typeof EXIT_CODES;

/**
 * Runs `stop` once when the user or the system asks this process to end, then exits with 128 + the signal's number.
 * A second signal exits at once, which kills the children.
 * @returns the function that takes the handlers away again
 */
export function stopOnSignal(stop: (signal: StopSignal) => Promise<void>): () => void {
  let isStopping = false;
  const handle = (signal: StopSignal) => {
    if (isStopping) process.exit(EXIT_CODES[signal]);
    isStopping = true;
    void stop(signal).finally(() => process.exit(EXIT_CODES[signal]));
  };
  const signals = Object.keys(EXIT_CODES) as StopSignal[];
  signals.forEach((signal) => process.on(signal, handle));
  return () => signals.forEach((signal) => process.off(signal, handle));
}
