import { colours } from './colours.js';
import { isLifecycleError, LifecycleError } from '../domain/kernel/errors.js';
import { EXIT, exitCodeOf, type ExitCode } from '../domain/exit-codes.js';
import { OUTCOMES } from './exit-codes.js';
import type { CommandOutcome } from './outcome.js';
import type { Terminal } from './terminal.js';

/** Shows what a command answered; with `--json` as one object `{ ok, code, … }` on stdout. @returns the exit code */
export function printOutcome(outcome: CommandOutcome, isJson: boolean, terminal: Terminal): ExitCode {
  const { code, data, lines } = outcome;
  if (isJson) terminal.result(JSON.stringify({ ok: code === 'OK', code, ...data }));
  else if (lines.length > 0) terminal.result(lines.join('\n'));
  return OUTCOMES[code];
}

/** Shows why a command could not answer: on stderr, and with `--json` as one object on stdout. @returns the exit code */
export function printError(thrown: unknown, isJson: boolean, terminal: Terminal): ExitCode {
  const error = asLifecycleError(thrown);
  if (isJson) {
    terminal.result(JSON.stringify({ ok: false, code: error.code, message: error.message, details: error.details }));
  } else terminal.note(`${colours.red('✗')} ${error.message}`);
  if (error.code === 'INTERNAL' && error.cause instanceof Error) terminal.note(colours.dim(String(error.cause.stack)));
  return exitCodeOf(error.code);
}

function asLifecycleError(thrown: unknown): LifecycleError {
  if (isLifecycleError(thrown)) return thrown;
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return new LifecycleError('INTERNAL', `internal error: ${message}`, {}, thrown);
}

/** A wrong command line: commander has already said what is wrong. */
export function printUsageError(message: string, isJson: boolean, terminal: Terminal): ExitCode {
  if (isJson) terminal.result(JSON.stringify({ ok: false, code: 'INVALID_INPUT', message, details: {} }));
  return EXIT.badInput;
}
