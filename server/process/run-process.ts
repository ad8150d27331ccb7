import { EXIT, exitCodeOf } from '../../domain/exit-codes.js';
import { isLifecycleError } from '../../domain/kernel/errors.js';
import { maskSecrets } from '../../domain/lifecycle-file/secret-patterns.js';

/** Runs a process to its end; what stops it from starting is told in words, without a stack where it is ours. */
export async function runProcess(name: string, main: () => Promise<void>): Promise<void> {
  try {
    await main();
    // A parent's channel would keep a process that has stopped alive.
    if (process.connected) process.disconnect();
  } catch (error) {
    const text = isLifecycleError(error) || !(error instanceof Error) ? String(error) : (error.stack ?? error.message);
    process.stderr.write(`${name}: ${maskSecrets(text)}\n`);
    process.exit(isLifecycleError(error) ? exitCodeOf(error.code) : EXIT.internal);
  }
}
