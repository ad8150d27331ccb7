import type { Outcome } from './outcome.js';
import type { Row } from './rows.js';

type Done = { row: Row; outcome: Outcome };

const slowest = ({ recoverySeconds }: Outcome): string => {
  const known = recoverySeconds.filter((seconds) => Number.isFinite(seconds));
  return known.length === 0 ? '' : `${Math.max(...known).toFixed(1)} s`;
};

const problemsOf = ({ wrong, lost, doubled }: Outcome): string[] => [
  ...wrong.map((what) => `wrong: ${what}`),
  ...lost.map((what) => `lost: ${what}`),
  ...doubled.map((what) => `doubled: ${what}`),
];

/** One line as a row ends, with what is not as it must be below it. */
export const printRow = ({ id, name }: Row, outcome: Outcome): string =>
  [
    outcome.skipped === undefined
      ? `${id.padEnd(4)} ${name}: ${outcome.injected} injected, ${outcome.recovered} recovered ${slowest(outcome)}`.trimEnd()
      : `${id.padEnd(4)} ${name}: skipped, ${outcome.skipped}`,
    ...problemsOf(outcome).map((problem) => `        ${problem}`),
  ].join('\n');

export function printTable(done: readonly Done[]): string {
  const width = Math.max(...done.map(({ row }) => row.name.length));
  const line = (cells: readonly string[]): string => {
    const [id = '', name = '', ...numbers] = cells;
    return `${id.padEnd(4)} ${name.padEnd(width)} ${numbers.map((cell) => cell.padStart(9)).join(' ')}`.trimEnd();
  };
  const head = line(['', 'fault', 'injected', 'recovered', 'lost', 'doubled', 'slowest']);
  const body = done.map(({ row, outcome }) =>
    line([
      row.id,
      row.name,
      ...[outcome.injected, outcome.recovered, outcome.lost.length, outcome.doubled.length].map(String),
      outcome.skipped === undefined ? slowest(outcome) : 'skipped',
    ]),
  );
  return [head, ...body].join('\n');
}

const sum = (outcomes: readonly Outcome[], of: (outcome: Outcome) => number): number =>
  outcomes.reduce((total, outcome) => total + of(outcome), 0);

export const closingLine = (outcomes: readonly Outcome[]): string =>
  [
    `${sum(outcomes, ({ injected }) => injected)} injected`,
    `${sum(outcomes, ({ recovered }) => recovered)} recovered`,
    `${sum(outcomes, ({ lost }) => lost.length)} lost`,
    `${sum(outcomes, ({ doubled }) => doubled.length)} doubled`,
  ].join(', ');

export const isWhole = (outcomes: readonly Outcome[]): boolean =>
  outcomes.length > 0 && outcomes.every((outcome) => problemsOf(outcome).length === 0);
