import type { BaseModelCard } from '../lifecycle-file/plan.js';

/** What a base model card has to say, in words; the names stand in reasons and documents. */
const PARTS = {
  description: 'what it is',
  trainingData: 'training data',
  licence: 'licence and use limits',
  limitations: 'limitations and known risks',
  guarantees: 'guarantees and indemnity',
  retirement: 'retirement date',
} as const satisfies Partial<Record<keyof BaseModelCard, string>>;
type Part = keyof typeof PARTS;

const SAYS_NOTHING = /^\W*(unknown|undisclosed|not (?:disclosed|known|stated|specified)|n\/a|none disclosed|tbd)\b/i;
const isSaid = (text: string): boolean => text.trim() !== '' && !SAYS_NOTHING.test(text.trim());

/** What the card says of a part; null where it is not disclosed. */
export function disclosed(card: BaseModelCard | null, part: Part): string[] | null {
  const said = [card?.[part] ?? []].flat().filter(isSaid);
  return said.length === 0 ? null : said;
}

/** The parts of a card in words, by whether it discloses them. No card discloses nothing. */
export function disclosure(card: BaseModelCard | null): { said: string[]; unsaid: string[] } {
  const parts = Object.keys(PARTS) as Part[];
  const isDisclosed = (part: Part): boolean => disclosed(card, part) !== null;
  return {
    said: parts.filter(isDisclosed).map((part) => PARTS[part]),
    unsaid: parts.filter((part) => !isDisclosed(part)).map((part) => PARTS[part]),
  };
}
