import { createInterface } from 'node:readline/promises';
import { LifecycleError } from '../domain/kernel/errors.js';
import type { Terminal } from './terminal.js';

/**
 * Asks a yes-or-no question on the terminal; no answer means no. With `yes` nobody is asked.
 * @throws LifecycleError INVALID_INPUT where nobody can be asked and `--yes` was not given
 */
export async function confirm(
  question: string,
  { yes, terminal }: { yes: boolean; terminal: Terminal },
): Promise<boolean> {
  if (yes) return true;
  if (!terminal.isInteractive) {
    throw new LifecycleError('INVALID_INPUT', 'There is no terminal to ask on. Add --yes to say that you mean it.');
  }
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return /^y(es)?$/i.test((await lines.question(`${question} [y/N] `)).trim());
  } finally {
    lines.close();
  }
}
