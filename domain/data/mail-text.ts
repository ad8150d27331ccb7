import PostalMime, { type Email } from 'postal-mime';
import { htmlToText } from './html-to-text.js';

/** What postal-mime hands to `isInlineTextNode`, as far as it is used here. */
interface MimePart {
  contentType: { parsed?: { value?: string } };
  contentDisposition?: { parsed?: { value?: string } };
  getTextContent(): string;
}

/**
 * postal-mime with its own sorting of text parts left out: where plain and HTML parts stand beside each other it turns
 * one into the other by patterns whose time grows with the square of the length (measured: 14 s for a mail of 128 kB).
 * The parts are collected here instead. `isInlineTextNode` is the method by which it asks of each part, once, whether
 * it is text; the package is pinned, and the tests of plain, HTML and hostile mails say when that no longer holds.
 */
class TextParts extends PostalMime {
  readonly plain: string[] = [];
  readonly html: string[] = [];

  isInlineTextNode(part: MimePart): boolean {
    // Some mailers leave out the semicolon before the parameters.
    const type = part.contentType.parsed?.value?.split(/[\s;]/u)[0];
    if (part.contentDisposition?.parsed?.value === 'attachment') return false;
    if (type === 'text/plain') this.plain.push(part.getTextContent());
    if (type === 'text/html') this.html.push(part.getTextContent());
    return false;
  }
}

/**
 * The headers of a mail and its readable text: the plain parts, else the text of the HTML parts. Enclosed mails stay
 * attachments (postal-mime would write their dates in the machine's language and time zone).
 */
export async function readMailText(bytes: Uint8Array): Promise<{ email: Email; text: string }> {
  const parser = new TextParts({ forceRfc822Attachments: true });
  const email = await parser.parse(bytes);
  const plain = parser.plain.join('\n');
  return { email, text: plain.trim() === '' ? htmlToText(parser.html.join('\n')) : plain };
}
