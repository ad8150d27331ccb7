/** A stream of numbers that its seed decides: the same seed gives the same numbers on every machine. */
export interface Random {
  /** From [0, 1), in steps of 2^-32. */
  uniform(): number;
  /** From 0 … `below` - 1; the bias is less than `below` / 2^32. */
  integer(below: number): number;
}

/** A 32-bit FNV-1a hash of the UTF-16 code units of a text. */
function hash32(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return hash >>> 0;
}

/** xoshiro128** 1.1 (Blackman and Vigna, 2018), its state filled by splitmix32 from the seed. Not for secrets. */
export function seededRandom(seed: number | string): Random {
  const next = xoshiro128(typeof seed === 'string' ? hash32(seed) : seed);
  const uniform = (): number => next() / 2 ** 32;
  return { uniform, integer: (below) => Math.floor(uniform() * below) };
}

/** The items in a random order (Fisher and Yates), in a new array. */
export function shuffle<T>(items: readonly T[], random: Random): T[] {
  const shuffled = [...items];
  for (let last = shuffled.length - 1; last > 0; last--) {
    const other = random.integer(last + 1);
    [shuffled[last], shuffled[other]] = [shuffled[other] as T, shuffled[last] as T];
  }
  return shuffled;
}

function xoshiro128(seed: number): () => number {
  const fill = splitmix32(seed);
  let [a, b, c, d] = [fill(), fill(), fill(), fill()];
  return () => {
    const result = Math.imul(rotateLeft(Math.imul(b, 5), 7), 9) >>> 0;
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = rotateLeft(d, 11);
    return result;
  };
}

function splitmix32(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x9e3779b9) | 0;
    let mixed = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return mixed ^ (mixed >>> 15);
  };
}

const rotateLeft = (value: number, bits: number): number => (value << bits) | (value >>> (32 - bits));
