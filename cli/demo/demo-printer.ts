import { colours } from '../colours.js';
import type { Terminal } from '../terminal.js';

/** How the demo speaks: steps with their times on stdout, what goes on meanwhile on stderr. */
export interface DemoPrinter {
  step(title: string, milliseconds: number, lines: readonly string[]): void;
  /** A line of its own among the steps. */
  say(line: string): void;
  progress(line: string): void;
}

const STEPS = 9;

/** With `--json` everything goes to stderr: stdout is for the one object at the end. */
export function demoPrinter(terminal: Terminal, isJson: boolean): DemoPrinter {
  const say = isJson ? terminal.note : terminal.result;
  let count = 0;
  return {
    step(title, milliseconds, lines) {
      count += 1;
      say(`\n${colours.bold(`${count}/${STEPS} ${title}`)} ${colours.dim(seconds(milliseconds))}`);
      for (const line of lines) say(`    ${line}`);
    },
    say: (line) => say(line),
    progress: (line) => terminal.note(colours.dim(`      … ${line}`)),
  };
}

/** `12.3 s`, however long. */
export const seconds = (milliseconds: number): string => `${(milliseconds / 1000).toFixed(1)} s`;
