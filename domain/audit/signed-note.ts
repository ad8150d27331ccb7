import { createHash, createPublicKey, sign, verify, type KeyObject } from 'node:crypto';
import { LifecycleError } from '../kernel/errors.js';

/** The algorithm byte of ed25519 in signed notes. */
const ED25519 = 1;

/** Who verifies: the name in the signature's line, the first four bytes of the key's hash, the key. */
export interface VerifierKey {
  /** `<name>+<hash>+<key>`, as c2sp.org/signed-note says. */
  vkey: string;
  name: string;
  hash: Buffer;
  publicKey: KeyObject;
}

/** The 32 bytes of an ed25519 public key. */
function rawPublicKey(key: KeyObject): Buffer {
  const publicKey = key.type === 'private' ? createPublicKey(key) : key;
  return publicKey.export({ type: 'spki', format: 'der' }).subarray(-32);
}

/** The first four bytes of SHA-256(name ‖ 0x0A ‖ algorithm ‖ public key). */
const keyHash = (name: string, publicKey: Buffer): Buffer =>
  createHash('sha256').update(`${name}\n`).update(Uint8Array.of(ED25519)).update(publicKey).digest().subarray(0, 4);

/** The verifier's key in the form of c2sp.org/signed-note. */
export function verifierKey(name: string, key: KeyObject): string {
  const publicKey = rawPublicKey(key);
  const encoded = Buffer.concat([Uint8Array.of(ED25519), publicKey]).toString('base64');
  return `${name}+${keyHash(name, publicKey).toString('hex')}+${encoded}`;
}

/** @throws LifecycleError INVALID_INPUT for what is no verifier's key of ed25519 */
export function parseVerifierKey(text: string): VerifierKey {
  const vkey = text.trim();
  const [, name = '', hex = '', encoded = ''] = /^([^\s+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]+={0,2})$/.exec(vkey) ?? [];
  const bytes = Buffer.from(encoded, 'base64');
  const raw = bytes.subarray(1);
  if (bytes.length !== 33 || bytes[0] !== ED25519 || keyHash(name, raw).toString('hex') !== hex)
    throw new LifecycleError(
      'INVALID_INPUT',
      'This is no verifier key: expected <name>+<8 hex digits>+<base64>, e.g. as "assay audit key" prints it.',
    );
  const jwk = { kty: 'OKP', crv: 'Ed25519', x: raw.toString('base64url') };
  return { vkey, name, hash: Buffer.from(hex, 'hex'), publicKey: createPublicKey({ key: jwk, format: 'jwk' }) };
}

/** Signs a text that ends with a newline, as c2sp.org/signed-note says. */
export function signNote(text: string, name: string, privateKey: KeyObject): string {
  const signature = Buffer.concat([keyHash(name, rawPublicKey(privateKey)), sign(null, Buffer.from(text), privateKey)]);
  return `${text}\n\u2014 ${name} ${signature.toString('base64')}\n`;
}

export interface SignedNote {
  /** With its last newline: what is signed. */
  text: string;
  signatures: { name: string; hash: Buffer; signature: Buffer }[];
}

/** Takes a signed note apart; verifies nothing. @throws LifecycleError INVALID_INPUT for what is no signed note */
export function parseNote(note: string): SignedNote {
  const end = note.lastIndexOf('\n\n');
  const lines = note.slice(end + 2).split('\n');
  const signatures = lines.slice(0, -1).map((line) => {
    const [, name, encoded] = /^\u2014 ([^\s+]+) ([A-Za-z0-9+/]+={0,2})$/.exec(line) ?? [];
    const bytes = Buffer.from(encoded ?? '', 'base64');
    const isOneForm = bytes.toString('base64') === encoded;
    return name === undefined || !isOneForm
      ? undefined
      : { name, hash: bytes.subarray(0, 4), signature: bytes.subarray(4) };
  });
  const isWhole = end > 0 && lines.at(-1) === '' && signatures.length > 0;
  if (!isWhole || signatures.includes(undefined))
    throw new LifecycleError('INVALID_INPUT', 'This is no signed note: expected a text, an empty line, signatures.');
  return { text: note.slice(0, end + 1), signatures: signatures.filter((one) => one !== undefined) };
}

/** Whose signature it is: verified; forged where the key is named and the signature is not its own; else unknown. */
export type Signature = { state: 'verified' | 'forged'; key: VerifierKey } | { state: 'unknown' };

/** Looks for a signature by one of the keys. One that names a key and is not by it condemns the note. */
export function judgeSignature({ text, signatures }: SignedNote, keys: readonly VerifierKey[]): Signature {
  let found: Signature = { state: 'unknown' };
  for (const { name, hash, signature } of signatures) {
    const key = keys.find((one) => one.name === name && one.hash.equals(hash));
    if (key === undefined) continue;
    if (!verify(null, Buffer.from(text), key.publicKey, signature)) return { state: 'forged', key };
    if (found.state === 'unknown') found = { state: 'verified', key };
  }
  return found;
}
