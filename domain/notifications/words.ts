import { inertLine } from '../inert-line.js';
import { shortDigest } from '../kernel/digest.js';
import type { Notice } from './notice.js';

/** A message in words: a line that says what happened, lines of what it is about, and where it can be dealt with. */
export interface NoticeWords {
  title: string;
  facts: [label: string, value: string][];
  /** Where it can be dealt with, signed in; null: nowhere. */
  link: string | null;
}

const TITLES: Readonly<Record<string, string>> = {
  'approval.opened': 'an approval waits for signatures',
  'approval.reminded': 'an approval still waits for signatures',
  'approval.escalated': 'an approval waits, and others may sign now',
  'approval.lapsed': 'an approval has run out',
  'delegation.recorded': 'somebody may sign for another',
  'task.opened': 'a question waits for an answer',
  'notification.test': 'a message to try this channel',
};

const ENDS: Readonly<Record<string, string>> = {
  approved: 'it was approved',
  rejected: 'it was rejected',
  'changes-requested': 'changes were requested',
  expired: 'nobody signed in time: it counts as rejected',
  voided: 'what was signed has changed: signatures on it count no more',
};

/** Every value is inert: one line, no controls, nothing that hides or reorders text. */
export function noticeWords(notice: Notice, publicUrl: string | undefined): NoticeWords {
  const { project, subject, model, digest, deadline, page } = notice;
  const facts: [string, string | null][] = [
    ['Model', model],
    ['Digest', digest === null ? null : shortDigest(digest)],
    ['Deadline', deadline === null ? null : minutesOf(deadline)],
    ['Project', project],
    ['About', subject],
  ];
  return {
    title: inertLine(`${model ?? project}: ${titleOf(notice)}`, 160),
    facts: facts.flatMap(([label, value]) => (value === null ? [] : [[label, inertLine(value, 200)]])),
    link: page === null || publicUrl === undefined ? null : `${publicUrl.replace(/\/+$/, '')}${page}`,
  };
}

const titleOf = ({ type, state }: Notice): string =>
  (type === 'approval.closed' || type === 'approval.voided' ? ENDS[state ?? ''] : TITLES[type]) ??
  (state === null ? type : `${type} (${state})`);

/** `2026-12-07 09:00 UTC`. */
const minutesOf = (moment: string): string => `${moment.slice(0, 16).replace('T', ' ')} UTC`;
