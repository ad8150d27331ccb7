import { digestBytes } from '../evidence/canonical.js';
import type { SourceSpec } from '../lifecycle-file/plan.js';
import type { RawRecord } from '../ports/source.js';
import { parseJsonLine } from './json-line.js';
import { mailInput, parseMail } from './mail.js';
import type { ParsedRecord } from './parsed-record.js';

type Content = Pick<ParsedRecord, 'input' | 'at' | 'atBasis' | 'group' | 'broken'>;

/** Reads one raw record of a source. What cannot be read comes back `broken`, with its reason; nothing is thrown. */
export async function parseRecord(
  source: Pick<SourceSpec, 'id' | 'format'>,
  { path, bytes }: RawRecord,
): Promise<ParsedRecord> {
  const content = source.format === 'eml' ? await readMail(bytes) : parseJsonLine(bytes);
  return { source: source.id, path, digest: digestBytes(bytes), bytes: bytes.byteLength, ...content };
}

async function readMail(bytes: Uint8Array): Promise<Content> {
  const mail = await parseMail(bytes);
  const input = mail.broken === null ? mailInput(mail) : '';
  return { input, at: mail.receivedAt, atBasis: mail.atBasis, group: mail.thread, broken: mail.broken };
}
