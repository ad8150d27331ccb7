import { LifecycleError } from '../kernel/errors.js';
import type { Position } from './yaml/located.js';
import { maskSecrets } from './secret-patterns.js';

/** One thing that is wrong in a file, and where. */
export interface Problem {
  at: Position;
  message: string;
}

/** `file:line:column message`, or `file key.path message`, with anything that looks like a secret masked. */
const describeProblem = ({ at, message }: Problem): string => maskedPlace(at) + maskSecrets(message);

const maskedPlace = ({ file, line, column, keyPath }: Position): string =>
  keyPath === undefined ? `${file}:${line}:${column} ` : `${file} ${maskSecrets(keyPath) || 'default export'} `;

/** Throws all problems as one INVALID_INPUT, each with its line; returns where there is none. */
export function throwProblems(problems: readonly Problem[]): void {
  if (problems.length === 0) return;
  const files = [...new Set(problems.map(({ at }) => at.file))];
  const sorted = [...problems].sort(
    (a, b) => files.indexOf(a.at.file) - files.indexOf(b.at.file) || a.at.line - b.at.line || a.at.column - b.at.column,
  );
  const shown = sorted.map((problem) => `${describeProblem(problem)}\n${quoteLine(problem.at)}`);
  const count = problems.length === 1 ? 'a problem' : `${problems.length} problems`;
  throw new LifecycleError('INVALID_INPUT', `The lifecycle file has ${count}.\n\n${shown.join('\n')}`, {
    problems: sorted.map(describeProblem),
  });
}

function quoteLine({ line, lineText, keyPath }: Position): string {
  // An empty line, also that of a file which is not there, shows nothing.
  if (keyPath !== undefined || lineText === '') return '';
  const text = maskSecrets(
    lineText
      .replace(/\t/g, '→')
      .replace(/\p{Cc}/gu, '·')
      .trimEnd(),
  );
  return `  ${line} | ${text.length > 160 ? `${text.slice(0, 160)}…` : text}\n`;
}
