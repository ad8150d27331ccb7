const ED25519 = 1;
const HASH_BYTES = 4;

type Bytes = Uint8Array<ArrayBuffer>;

const fromBase64 = (encoded: string): Bytes => Uint8Array.from(atob(encoded), (character) => character.charCodeAt(0));

/** What a checkpoint says (c2sp.org/tlog-checkpoint), before anybody has verified it. */
export interface SaidCheckpoint {
  origin: string;
  size: number;
  root: Bytes;
  /** With its last newline: what is signed. */
  signed: string;
  signatures: { name: string; bytes: Bytes }[];
}

/** Takes a checkpoint in a signed note apart; null for what is none. */
export function readCheckpoint(note: string): SaidCheckpoint | null {
  const end = note.lastIndexOf('\n\n');
  if (end < 0) return null;
  const [origin = '', size = '', root = ''] = note.slice(0, end).split('\n');
  if (origin === '' || !/^\d{1,15}$/.test(size)) return null;
  const signatures = note
    .slice(end + 2)
    .split('\n')
    .flatMap((line) => {
      const [, name, encoded] = /^\u2014 ([^\s+]+) ([A-Za-z0-9+/]+={0,2})$/.exec(line) ?? [];
      return name === undefined || encoded === undefined ? [] : [{ name, bytes: fromBase64(encoded) }];
    });
  return { origin, size: Number(size), root: fromBase64(root), signed: note.slice(0, end + 1), signatures };
}

/**
 * Whether one of the note's signatures is by this key (`<name>+<hash>+<base64>`, ed25519); null where this browser cannot
 * tell.
 */
export async function isSignedBy({ signed, signatures }: SaidCheckpoint, vkey: string): Promise<boolean | null> {
  const [name = '', , ...rest] = vkey.split('+');
  const key = fromBase64(rest.join('+'));
  if (key[0] !== ED25519) return null;
  const imported = await crypto.subtle
    .importKey('raw', key.subarray(1), { name: 'Ed25519' }, false, ['verify'])
    .catch(() => null);
  if (imported === null) return null;
  const text = new TextEncoder().encode(signed);
  for (const signature of signatures.filter((one) => one.name === name)) {
    const bytes = signature.bytes.subarray(HASH_BYTES);
    if (await crypto.subtle.verify({ name: 'Ed25519' }, imported, bytes, text)) return true;
  }
  return false;
}
