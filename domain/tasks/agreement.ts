import { cohenKappa, fleissKappa } from '../statistics/kappa.js';

/** An independent answer to one of the tasks. */
export interface Rating {
  principal: string;
  answer: string;
}

export interface Agreement {
  /** Tasks with two independent answers. */
  n: number;
  people: number;
  /** The share of them on which both say the same; null where there are none. */
  observed: number | null;
  /** Cohen's where the same two people answered all, else Fleiss', which asks for no fixed raters. */
  method: 'cohen' | 'fleiss';
  /** Null where it cannot be computed; `meaning` says why. */
  kappa: number | null;
  isTooFew: boolean;
  meaning: string;
}

/** With fewer, one more answer moves kappa by more than it says. */
export const ENOUGH_PAIRS = 30;

/** Landis & Koch 1977: words for ranges of kappa, by convention only. */
const WORDS: readonly [number, string][] = [
  [0.8, 'almost perfect'],
  [0.6, 'substantial'],
  [0.4, 'moderate'],
  [0.2, 'fair'],
  [0, 'slight'],
];

/** How far pairs of independent answers agree beyond chance. */
export function agreementOf(pairs: readonly (readonly [Rating, Rating])[]): Agreement {
  const n = pairs.length;
  const people = [...new Set(pairs.flat().map(({ principal }) => principal))].sort();
  const method = people.length === 2 ? 'cohen' : 'fleiss';
  const kappa = (method === 'cohen' ? cohenOf(pairs, people[0] ?? '') : fleissOf(pairs)) ?? null;
  const equal = pairs.filter(([a, b]) => a.answer === b.answer).length;
  const isTooFew = n < ENOUGH_PAIRS;
  const observed = n === 0 ? null : equal / n;
  return { n, people: people.length, observed, method, kappa, isTooFew, meaning: meaningOf({ n, kappa, isTooFew }) };
}

function cohenOf(pairs: readonly (readonly [Rating, Rating])[], first: string): number | undefined {
  // Who of the two answered sooner does not make the rater.
  return cohenKappa(pairs.map(([a, b]) => (a.principal === first ? [a.answer, b.answer] : [b.answer, a.answer])));
}

function fleissOf(pairs: readonly (readonly [Rating, Rating])[]): number | undefined {
  const labels = [...new Set(pairs.flat().map(({ answer }) => answer))];
  return fleissKappa(pairs.map((pair) => labels.map((label) => pair.filter(({ answer }) => answer === label).length)));
}

function meaningOf({ n, kappa, isTooFew }: Pick<Agreement, 'n' | 'kappa' | 'isTooFew'>): string {
  if (n === 0) return 'nothing has two independent answers yet';
  if (kappa === null) return 'everybody always gave the same answer: kappa is not defined, and says nothing';
  const word = WORDS.find(([above]) => kappa > above)?.[1] ?? 'no';
  const words = `${word} agreement beyond chance`;
  return isTooFew ? `too few: ${n} of at least ${ENOUGH_PAIRS}; so far ${words}` : words;
}
