import type { Email } from 'postal-mime';
import { parseMailDate } from './mail-date.js';
import { readMailText } from './mail-text.js';
import { threadOf } from './mail-thread.js';
import type { AtBasis, BrokenReason } from './parsed-record.js';
import { plainText } from './plain-text.js';

export interface ParsedMail {
  subject: string;
  /** The plain part, else the visible text of the HTML part; see `plainText` for its form. */
  text: string;
  /** When the last server on the way took it, ISO 8601 in UTC; the sender's `Date` only where no server signed. */
  receivedAt: string | null;
  atBasis: Extract<AtBasis, 'received' | 'date'> | null;
  /** Group key of the conversation; see `threadOf`. */
  thread: string | null;
  broken: BrokenReason | null;
}

const SIZE_LIMIT = 16 * 1024 * 1024;
const SUBJECT_LIMIT = 1_000;
/** One of these must be there, or the bytes are no mail. */
const MAIL_HEADERS = new Set(['from', 'to', 'date', 'received', 'message-id', 'subject', 'return-path']);

/** Reads a mail (RFC 5322 with MIME). Never throws for what the bytes hold: `broken` says what is wrong. */
export async function parseMail(bytes: Uint8Array): Promise<ParsedMail> {
  if (bytes.byteLength === 0) return brokenMail('mail.empty');
  if (bytes.byteLength > SIZE_LIMIT) return brokenMail('mail.too-large');
  try {
    const { email, text } = await readMailText(bytes);
    return toParsedMail(email, plainText(text));
  } catch {
    return brokenMail('mail.unreadable');
  }
}

/** What a model is shown of a mail. */
export const mailInput = (mail: Pick<ParsedMail, 'subject' | 'text'>): string =>
  `Subject: ${mail.subject}\n\n${mail.text}`;

function toParsedMail(email: Email, text: string): ParsedMail {
  const subject = plainText(email.subject ?? '')
    .replace(/\s+/gu, ' ')
    .slice(0, SUBJECT_LIMIT);
  const time = timeOf(email);
  const mail = { subject, text, ...time, thread: threadOf({ ...email, subject }), broken: null };
  return { ...mail, broken: whatIsBroken(email, mail) };
}

function whatIsBroken(email: Email, mail: ParsedMail): BrokenReason | null {
  if (email.headers.length === 0) return 'mail.no-headers';
  if (!email.headers.some((header) => MAIL_HEADERS.has(header.key))) return 'mail.not-a-mail';
  if (mail.receivedAt === null) return 'mail.no-date';
  return mail.text === '' ? 'mail.empty-body' : null;
}

/** Each server puts its `Received` on top, its time after the last semicolon: the top one is the last and nearest. */
function timeOf(email: Email): Pick<ParsedMail, 'receivedAt' | 'atBasis'> {
  const header = (key: string) => email.headers.find((one) => one.key === key)?.value;
  const received = header('received');
  const text = received === undefined ? header('date') : received.slice(received.lastIndexOf(';') + 1);
  const receivedAt = text === undefined ? null : parseMailDate(text);
  if (receivedAt === null) return { receivedAt, atBasis: null };
  return { receivedAt, atBasis: received === undefined ? 'date' : 'received' };
}

const brokenMail = (broken: BrokenReason): ParsedMail => ({
  subject: '',
  text: '',
  receivedAt: null,
  atBasis: null,
  thread: null,
  broken,
});
