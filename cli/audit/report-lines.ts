import type { LogReport } from '../../domain/audit/log-report.js';
import { columns } from '../columns.js';
import { plainText } from '../plain-text.js';

const MOST_PROBLEMS = 20;

/** What a verification found, then what it cannot exclude. */
export function reportLines(report: LogReport): string[] {
  const { problems, cannotExclude } = report;
  const shown = problems.slice(0, MOST_PROBLEMS).map(({ message }) => `✗ ${plainText(message)}`);
  const more = problems.length - shown.length;
  return [
    ...columns(facts(report)),
    '',
    ...(problems.length === 0 ? [verdict(report)] : [...shown, ...(more > 0 ? [`✗ and ${more} more`] : [])]),
    '',
    'It cannot exclude:',
    ...cannotExclude.map((line) => `  ${plainText(line)}`),
  ];
}

function verdict({ last, holds }: LogReport): string {
  const given = holds.map(({ source, size }) =>
    source === 'given' ? `the trusted checkpoint of size ${size}` : `the checkpoint of size ${size} seen here before`,
  );
  const end = given.length === 0 ? 'truncation not excluded' : `holds ${given.join(' and ')}`;
  return `consistent up to size ${last?.size ?? 0}; ${end}`;
}

function facts({ origin, entries, hashOnly, checkpoints, last, keysFrom }: LogReport): string[][] {
  const known = hashOnly === 0 ? '' : `, ${hashOnly} of them by their hash alone`;
  return [
    ['log', origin],
    ['entries', `${entries}${known}`],
    ['checkpoints', last === null ? 'none that holds' : `${checkpoints} that hold, the last of size ${last.size}`],
    ...(last === null
      ? []
      : [
          ['root', last.root],
          ['key', `${last.vkey} (${keysFrom === 'given' ? 'given' : 'the word of the file'})`],
        ]),
  ];
}
