export const SEPARATOR = 0;
export const LETTER = 1;
const SYMBOL = 2;

const SYMBOLS = '!$%?#';
const ASCII = Uint8Array.from({ length: 128 }, (_, code) => {
  const character = String.fromCharCode(code);
  if (/[a-z0-9]/.test(character)) return LETTER;
  return SYMBOLS.includes(character) ? SYMBOL : SEPARATOR;
});

/** What a lower-cased UTF-16 unit is to the tokenizer. Outside ASCII all but spaces and punctuation are letters. */
export function kindOfCharacter(code: number): number {
  if (code < 128) return ASCII[code] ?? SEPARATOR;
  const isPunctuation =
    code < 0xc0 || (code >= 0x2000 && code <= 0x206f) || (code >= 0x3000 && code <= 0x303f) || code === 0xfffd;
  return isPunctuation ? SEPARATOR : LETTER;
}
