import type { Environment } from '../domain/config/parse-config.js';

/** Where a command writes and whether a person is there: results on stdout, everything else on stderr. */
export interface Terminal {
  result(text: string): void;
  note(line: string): void;
  /** A person sits at both ends: stdin and stderr are terminals, and this is not a build server. */
  readonly isInteractive: boolean;
}

export const processTerminal = (environment: Environment): Terminal => ({
  result: (text) => void process.stdout.write(`${text}\n`),
  note: (line) => void process.stderr.write(`${line}\n`),
  isInteractive: process.stdin.isTTY === true && process.stderr.isTTY === true && !environment['CI'],
});
