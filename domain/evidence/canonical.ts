import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import { LifecycleError } from '../kernel/errors.js';
import type { Digest } from '../kernel/digest.js';

/**
 * Canonical JSON (RFC 8785): the same meaning gives the same bytes.
 * @throws LifecycleError INVALID_INPUT for what JSON cannot hold (NaN, Infinity, undefined at the top).
 */
export function canonicalJson(value: unknown): string {
  let text: string | undefined;
  try {
    text = canonicalize(value);
  } catch (cause) {
    throw new LifecycleError('INVALID_INPUT', 'This value has no canonical JSON form.', {}, cause);
  }
  if (text === undefined) throw new LifecycleError('INVALID_INPUT', 'This value has no canonical JSON form.');
  return text;
}

/** SHA-256 of bytes or of UTF-8 text. */
export const digestBytes = (bytes: Uint8Array | string): Digest =>
  `sha256:${createHash('sha256').update(bytes).digest('hex')}`;

/** SHA-256 of the canonical JSON of a value. */
export const digestOf = (value: unknown): Digest => digestBytes(canonicalJson(value));
