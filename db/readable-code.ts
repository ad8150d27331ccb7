import { createHash, randomBytes } from 'node:crypto';

/** Crockford's base 32: nothing in it is taken for something else, and each character is five even bits. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const GROUP = 4;

/** A code for people to type, of so many groups of four: four groups are 80 bits. */
export function readableCode(groups: number): string {
  const characters = [...randomBytes(groups * GROUP)].map((byte) => ALPHABET[byte % ALPHABET.length] ?? '');
  return (characters.join('').match(/.{4}/g) ?? []).join('-');
}

/** The SHA-256 of a code however it was typed: in lower case, without its hyphens, with O for 0 and I or L for 1. */
export function codeSha256(typed: string): string {
  const plain = typed
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, '')
    .replace(/O/g, '0')
    .replace(/[IL]/g, '1');
  return createHash('sha256').update(plain).digest('hex');
}
