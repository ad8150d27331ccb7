import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { LifecycleError } from '../domain/kernel/errors.js';
import { entryCommand } from './dev/entry-command.js';

const FORWARDED = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Runs one of Assay's own processes (`server/api/main`) in the foreground: its output is ours, our signals are its, and
 * its exit code is ours. A child that was killed ends with 128 + the number of the signal.
 * @throws LifecycleError COMMAND when it cannot be started
 */
export function runInForeground(entry: string, args: readonly string[] = []): Promise<number> {
  const what = entryCommand(entry, args);
  const child = spawn(what.command, what.args, { stdio: 'inherit' });
  // A terminal sends Ctrl-C to the whole group: the child has it already, and we only have to wait for its end.
  const forward = (signal: NodeJS.Signals) => {
    if (signal !== 'SIGINT' || process.stdin.isTTY !== true) child.kill(signal);
  };
  FORWARDED.forEach((signal) => process.on(signal, forward));
  return new Promise<number>((resolve, reject) => {
    child.once('error', (cause) =>
      reject(new LifecycleError('COMMAND', `${entry} could not be started: ${cause.message}`, { entry }, cause)),
    );
    child.once('exit', (code, signal) => resolve(code ?? 128 + (signal === null ? 0 : constants.signals[signal])));
  }).finally(() => FORWARDED.forEach((signal) => process.off(signal, forward)));
}
