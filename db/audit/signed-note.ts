import { createHash, createPublicKey, sign, type KeyObject } from 'node:crypto';

/** The algorithm byte of ed25519 in signed notes. */
const ED25519 = 1;

/** The 32 bytes of an ed25519 public key. */
function rawPublicKey(key: KeyObject): Buffer {
  const publicKey = key.type === 'private' ? createPublicKey(key) : key;
  return publicKey.export({ type: 'spki', format: 'der' }).subarray(-32);
}

/** The first four bytes of SHA-256(name ‖ 0x0A ‖ algorithm ‖ public key). */
const keyHash = (name: string, publicKey: Buffer): Buffer =>
  createHash('sha256').update(`${name}\n`).update(Uint8Array.of(ED25519)).update(publicKey).digest().subarray(0, 4);

/** The verifier's key in the form of c2sp.org/signed-note: `<name>+<hash>+<key>`. */
export function verifierKey(name: string, key: KeyObject): string {
  const publicKey = rawPublicKey(key);
  const encoded = Buffer.concat([Uint8Array.of(ED25519), publicKey]).toString('base64');
  return `${name}+${keyHash(name, publicKey).toString('hex')}+${encoded}`;
}

/** Signs a text that ends with a newline, as c2sp.org/signed-note says. */
export function signNote(text: string, name: string, privateKey: KeyObject): string {
  const signature = Buffer.concat([keyHash(name, rawPublicKey(privateKey)), sign(null, Buffer.from(text), privateKey)]);
  return `${text}\n\u2014 ${name} ${signature.toString('base64')}\n`;
}
