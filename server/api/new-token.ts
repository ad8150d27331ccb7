import { randomBytes } from 'node:crypto';
import { sha256 } from './sign-in/sign-in.js';

const TOKEN_BYTES = 32;

/** A token that nobody has seen, and the hash by which it is known. */
export function newToken(): { token: string; sha256: string } {
  const token = `assay_${randomBytes(TOKEN_BYTES).toString('base64url')}`;
  return { token, sha256: sha256(token) };
}
