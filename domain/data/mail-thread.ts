import { digestBytes } from '../evidence/canonical.js';

export interface ThreadHeaders {
  subject: string;
  messageId?: string | undefined;
  inReplyTo?: string | undefined;
  references?: string | undefined;
}

/**
 * The key of a mail's conversation: the digest of its normalised subject; without a subject, of its root message id
 * (first of `References`, else `In-Reply-To`, else its own); without that null. By subject, because lists and old
 * mailers lose `References`, and a campaign sends one subject under many ids. It joins more than it should (every
 * "hello" is one group), never less within one subject: for a split that is the safe side.
 */
export function threadOf(mail: ThreadHeaders): string | null {
  const subject = normaliseSubject(mail.subject);
  if (subject !== '') return digestBytes(`subject:${subject}`);
  const root = firstId(mail.references) ?? firstId(mail.inReplyTo) ?? firstId(mail.messageId);
  return root === undefined ? null : digestBytes(`message:${root}`);
}

const PREFIX = /^(?:(?:re|aw|sv|fwd?|wg)(?:\[\d{1,3}\])?\s*:|\[[^\][]{1,60}\])\s*/u;

/** Lower case, one blank between words, without `re:`, `fwd:`, `[list]` in front, however many. */
function normaliseSubject(subject: string): string {
  let rest = subject.toLowerCase().replace(/\s+/gu, ' ').trim();
  for (let next = rest.replace(PREFIX, ''); next !== rest; next = rest.replace(PREFIX, '')) rest = next;
  return rest.trim();
}

const firstId = (text: string | undefined): string | undefined => /<([^<>\s]{1,500})>/u.exec(text ?? '')?.[1];
