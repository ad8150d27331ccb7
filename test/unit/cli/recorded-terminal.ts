import type { Terminal } from '../../../cli/terminal.js';

/** A terminal that remembers what was written on it; nobody sits at it. */
export function recordedTerminal(): Terminal & { stdout: string[]; stderr: string[] } {
  const stdout: string[] = [];
  const stderr: string[] = [];
  return {
    stdout,
    stderr,
    result: (text) => void stdout.push(text),
    note: (line) => void stderr.push(line),
    isInteractive: false,
  };
}
