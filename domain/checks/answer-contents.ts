import type { UnusedRecord } from '../data/unused-record.js';
import type { Answer } from '../kernel/answers.js';
import { counted } from './counted.js';
import type { DataFindings, FindingCounts } from './inspect-records.js';

/** QD4 copyright, QD5 confidential matter, QD6 personal data, QD7 poison: what the checks of the texts say. */
export function answerContents(findings: DataFindings, unused: readonly UnusedRecord[]): Answer[] {
  if (findings.records === 0)
    return (['QD4', 'QD5', 'QD6', 'QD7'] as const).map((question) => ({
      question,
      verdict: 'unknown',
      basis: 'none',
      reason: 'There is no record to look at.',
    }));
  return [
    answerCopyright(findings),
    answerConfidentiality(findings),
    answerPersonalData(findings),
    answerPoison(findings, unused),
  ];
}

const answerCopyright = ({ records, copyright }: DataFindings): Answer =>
  warning(
    'QD4',
    `${share(copyright, records)} bear a copyright notice${kindsOf(copyright)}; what people write is protected without one as well.`,
  );

function answerConfidentiality({ records, secrets, confidentiality }: DataFindings): Answer {
  const reason = `${share(secrets, records)} hold what looks like a key or password${kindsOf(secrets)}, and ${confidentiality.records} a confidentiality banner; only known formats and phrases were looked for.`;
  return warning('QD5', reason);
}

const answerPersonalData = ({ records, personalData }: DataFindings): Answer =>
  warning(
    'QD6',
    `${share(personalData, records)} hold an e-mail address or a phone-like number${kindsOf(personalData)}; names and postal addresses were not looked for.`,
  );

function answerPoison({ records, marks }: DataFindings, unused: readonly UnusedRecord[]): Answer {
  const conflicts = unused.filter(({ reason }) => reason === 'duplicate.label-conflict').length;
  return warning(
    'QD7',
    `${conflicts} left out because equal inputs have different labels; in ${counted(records, 'record')}, ${counted(marks.candidates, 'repeated odd string')} of one label only and ${marks.invisible} with invisible characters; nothing else was looked for.`,
  );
}

const warning = (question: Answer['question'], reason: string): Answer => ({
  question,
  verdict: 'warn',
  basis: 'observed',
  reason,
});

const share = (found: FindingCounts, records: number): string => `${found.records} of ${counted(records, 'record')}`;

function kindsOf({ kinds }: FindingCounts): string {
  const list = Object.entries(kinds).map(([kind, count]) => `${kind}: ${count}`);
  return list.length === 0 ? '' : ` (${list.join(', ')})`;
}
