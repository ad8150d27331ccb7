/** Buckets that words are hashed into. */
export const WORD_BUCKETS = 2 ** 14;

/** Characters of a text that are looked at; so one huge text cannot stall a window. */
const READ_LENGTH = 16_384;

const FNV_OFFSET = 0x811c9dc5;
const FNV_PRIME = 0x01000193;
const ZERO = 0x30;

/**
 * The distinct words of a text as buckets: runs of letters, digits and anything beyond ASCII, ASCII letters in lower
 * case, every digit read as 0 so that a date or an id is not a word of its own.
 */
export function hashedWords(text: string): Uint16Array {
  const buckets = new Set<number>();
  const length = Math.min(text.length, READ_LENGTH);
  let hash = FNV_OFFSET;
  let isInWord = false;
  for (let index = 0; index <= length; index++) {
    const code = index < length ? wordCode(text.charCodeAt(index)) : 0;
    if (code !== 0) {
      hash = Math.imul(hash ^ code, FNV_PRIME);
      isInWord = true;
    } else if (isInWord) {
      buckets.add((hash ^ (hash >>> 15)) & (WORD_BUCKETS - 1));
      hash = FNV_OFFSET;
      isInWord = false;
    }
  }
  return Uint16Array.from(buckets);
}

/** The character as it counts inside a word, or 0 when it ends one. */
function wordCode(code: number): number {
  if (code >= 0x61 && code <= 0x7a) return code;
  if (code >= 0x41 && code <= 0x5a) return code | 0x20;
  if (code >= ZERO && code <= 0x39) return ZERO;
  return code > 0x7f ? code : 0;
}
