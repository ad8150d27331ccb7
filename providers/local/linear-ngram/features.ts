import { LETTER, SEPARATOR, kindOfCharacter } from './characters.js';

/** Two to the eighteenth: enough that the pairs of words of a few thousand mails seldom collide. */
export const BUCKETS = 2 ** 18;

/** A text as a unit vector: ascending bucket numbers and their values. */
export interface FeatureVector {
  indices: Uint32Array;
  values: Float32Array;
  /** How many tokens the text had. */
  tokens: number;
}

const FNV_OFFSET = 0x811c9dc5;
const FNV_PRIME = 0x01000193;

/**
 * Tokens of a text as 32-bit FNV-1a hashes over lower-cased UTF-16 units. A token is a run of letters and digits, or
 * one `!`, `$`, `%`, `?` or `#` alone; everything else separates.
 */
function tokenHashes(text: string): Uint32Array {
  const lower = text.toLowerCase();
  const hashes = new Uint32Array(lower.length);
  let count = 0;
  let hash = FNV_OFFSET;
  let isInside = false;
  for (let at = 0; at <= lower.length; at++) {
    const code = lower.charCodeAt(at);
    const kind = at === lower.length ? SEPARATOR : kindOfCharacter(code);
    if (kind === LETTER) {
      hash = Math.imul(hash ^ code, FNV_PRIME);
      isInside = true;
      continue;
    }
    if (isInside) hashes[count++] = hash;
    if (kind !== SEPARATOR) hashes[count++] = Math.imul(FNV_OFFSET ^ code, FNV_PRIME);
    hash = FNV_OFFSET;
    isInside = false;
  }
  return hashes.subarray(0, count);
}

export const countTokens = (text: string): number => tokenHashes(text).length;

/** Hashed unigrams and bigrams, `1 + ln(count)`, scaled to length one (hashing trick: Weinberger et al. 2009). */
export function featurize(text: string): FeatureVector {
  const tokens = tokenHashes(text);
  const buckets = bucketsOf(tokens).sort();
  const indices = new Uint32Array(buckets.length);
  const values = new Float32Array(buckets.length);
  let size = 0;
  for (let from = 0, to = 0; from < buckets.length; from = to) {
    while (to < buckets.length && buckets[to] === buckets[from]) to++;
    indices[size] = buckets[from] ?? 0;
    values[size++] = 1 + Math.log(to - from);
  }
  return { indices: indices.slice(0, size), values: toUnitLength(values.slice(0, size)), tokens: tokens.length };
}

function bucketsOf(tokens: Uint32Array): Uint32Array {
  const buckets = new Uint32Array(Math.max(0, tokens.length * 2 - 1));
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at] ?? 0;
    buckets[at * 2] = spread(token);
    const next = tokens[at + 1];
    if (next !== undefined) buckets[at * 2 + 1] = spread(Math.imul(token, 0x9e3779b1) ^ next);
  }
  return buckets;
}

/** The finaliser of MurmurHash3, cut to the number of buckets. */
function spread(hash: number): number {
  let mixed = hash ^ (hash >>> 16);
  mixed = Math.imul(mixed, 0x85ebca6b);
  mixed ^= mixed >>> 13;
  mixed = Math.imul(mixed, 0xc2b2ae35);
  return ((mixed ^ (mixed >>> 16)) >>> 0) & (BUCKETS - 1);
}

function toUnitLength(values: Float32Array): Float32Array {
  let sum = 0;
  for (const value of values) sum += value * value;
  const scale = sum === 0 ? 0 : 1 / Math.sqrt(sum);
  return values.map((value) => value * scale);
}
