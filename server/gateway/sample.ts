import { maskText } from '../../domain/evidence/masking.js';

/** How much of an input and of an output a sample keeps, in UTF-16 code units. */
const INPUT_LENGTH = 4000;
const OUTPUT_LENGTH = 200;
/** How much is looked at, so that an enormous input costs no more than a large one. */
const LOOKED_AT = 8000;
/** No address that is masked is longer; a word beyond it is cut. */
const LONGEST_WORD = 1000;

/** An input as it may be stored: masked first, cut afterwards. */
export const sampleInput = (text: string): string => sample(text, INPUT_LENGTH);

/** An output as it may be stored. */
export const sampleOutput = (text: string): string => sample(text, OUTPUT_LENGTH);

/** Postgres holds no U+0000 and no broken surrogates. */
const sample = (text: string, length: number): string =>
  maskText(beginning(text))
    .slice(0, length)
    .replace(/[\0\p{Cs}]/gu, '\u{FFFD}');

/** The beginning, without the word that the cut went through: half an address would not be masked. */
function beginning(text: string): string {
  if (text.length <= LOOKED_AT) return text;
  let end = LOOKED_AT;
  while (end > LOOKED_AT - LONGEST_WORD && /\S/.test(text[end - 1] ?? ' ')) end -= 1;
  return text.slice(0, end);
}
