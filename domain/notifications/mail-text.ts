import type { Notice } from './notice.js';
import { noticeWords } from './words.js';

const NO_DECISION = 'This message decides nothing, and opening the link does not either.';

/** A notice as a mail, in plain text alone: there is no markup for a name to break out of. */
export function mailText(notice: Notice, publicUrl: string | undefined): { subject: string; text: string } {
  const { title, facts, link } = noticeWords(notice, publicUrl);
  const width = Math.max(...facts.map(([label]) => label.length)) + 1;
  const lines = facts.map(([label, value]) => `${`${label}:`.padEnd(width)} ${value}`);
  const where = link === null ? [] : [link, ''];
  return {
    subject: `[Assay] ${title}`,
    text: [`${title}.`, '', ...lines, '', ...where, NO_DECISION, ''].join('\n'),
  };
}
