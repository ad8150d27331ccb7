import { shortDigest } from '../../domain/kernel/digest.js';
import { columns } from '../columns.js';
import { withInterval } from '../gate-lines.js';
import { ownCommand } from '../own-command.js';
import { LATER_TASK, PAST_TASK } from './bars.js';
import type { ReleaseFacts } from './release-facts.js';
import { measuredWords } from './stage-lines.js';
import type { MeasuredValue } from './summaries.js';

/** Both versions side by side, and where to look next. */
export function closingTable(first: ReleaseFacts, second: ReleaseFacts, home: string): string[] {
  const later = second.scores[LATER_TASK];
  const gain = later?.difference;
  return [
    ...columns([
      ['', first.versionId, second.versionId],
      side(
        'macro-F1, held-out past',
        words(first.scores[PAST_TASK]?.candidate),
        words(second.scores[PAST_TASK]?.candidate),
      ),
      side('macro-F1, held-out later mail', words(later?.champion), words(later?.candidate)),
      side('training data', shortDigest(first.datasets['train'] ?? ''), shortDigest(second.datasets['train'] ?? '')),
      side('weights', shortDigest(first.weights), shortDigest(second.weights)),
      side('evaluations', digests(first.evaluations), digests(second.evaluations)),
      side('signed content', shortDigest(first.subjectDigest), shortDigest(second.subjectDigest)),
      side('approved by', signers(first), signers(second)),
      side('waived', waivers(first), waivers(second)),
    ]),
    gain ? `gain on the same later mail, paired: ${withInterval(gain.difference, gain.interval)}` : '',
    '',
    'Look next:',
    `  ${ownCommand()} dev --home ${home}`,
    `  ${ownCommand()} show ${second.runId} --home ${home}`,
    `  ${ownCommand()} audit --as demo-ruth --home ${home}`,
  ];
}

const side = (name: string, left: string, right: string): string[] => [name, left, right];

const words = (measured: MeasuredValue | null | undefined): string =>
  measured === null || measured === undefined ? 'not measured' : measuredWords(measured);

const digests = (ids: readonly string[]): string => ids.map(shortDigest).join(' ');
const signers = ({ decisions }: ReleaseFacts): string =>
  decisions.map(({ principal, role }) => `${principal} (${role})`).join(', ');
const waivers = ({ waivers }: ReleaseFacts): string =>
  waivers
    .map(({ question, principal, until }) => `${question} by ${principal} until ${until.slice(0, 10)}`)
    .join(', ') || 'nothing';
