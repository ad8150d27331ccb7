import { assertConfidence } from '../statistics/confidence.js';
import { aucInterval, aucOf, aucPValue, detectableAuc } from '../statistics/auc.js';
import { seededRandom, shuffle, type Random } from '../statistics/random.js';
import { hashedWords, WORD_BUCKETS } from './hashed-words.js';
import { trainLogisticRegression, type SparseExample } from './logistic-regression.js';

/** Fewer texts on either side give no verdict. */
const MINIMUM_TEXTS = 50;

/** More texts than this on a side are sampled down. */
const MAXIMUM_TEXTS = 2000;

const POWER = 0.8;

/** What two sets of texts say about drift; the numbers are null when there were too few texts. */
export interface DriftResult {
  verdict: 'drift' | 'no-drift' | 'too-few';
  /** How well a classifier tells current from reference texts that it has not seen: 0.5 not at all, 1 always. */
  auc: number | null;
  /** Two-sided at the confidence asked for; the verdict is by the one-sided p-value. */
  interval: [number, number] | null;
  pValue: number | null;
  /** The smallest AUC that so many texts would have shown four times out of five. */
  detectableAuc: number | null;
  /** Texts used, half of them to train and half to test. */
  referenceItems: number;
  currentItems: number;
  method: string;
}

/**
 * Tests whether current texts still look like the reference. A linear classifier of hashed words learns one half of
 * both sets and is tested on the other half, once: then the tested scores are independent of each other and the
 * Mann–Whitney test holds whatever the classifier learned, so that without drift one window in 1 / (1 - `confidence`)
 * alarms. (Cross-fitted scores use every text but are correlated: simulated, they alarm
 * in 7 to 9 % of quiet windows where 5 % were promised.) Texts must be independent: of a thread of
 * mails give one. Deterministic for a seed.
 */
export function detectDrift(options: {
  reference: readonly string[];
  current: readonly string[];
  confidence: number;
  seed: number | string;
}): DriftResult {
  assertConfidence(options.confidence);
  const random = seededRandom(options.seed);
  const reference = shuffle(options.reference, random).slice(0, MAXIMUM_TEXTS);
  const current = shuffle(options.current, random).slice(0, MAXIMUM_TEXTS);
  const used = { referenceItems: reference.length, currentItems: current.length };
  if (Math.min(reference.length, current.length) < MINIMUM_TEXTS) return { ...TOO_FEW, ...used };
  return { ...judge(scoreUnseen(reference, current, random), options.confidence), ...used, method: METHOD };
}

const METHOD = `domain classifier: logistic regression on ${WORD_BUCKETS} hashed words, trained on one half, Mann–Whitney and DeLong on the other`;

const TOO_FEW = {
  verdict: 'too-few',
  auc: null,
  interval: null,
  pValue: null,
  detectableAuc: null,
  method: `no test below ${MINIMUM_TEXTS} texts on each side`,
} as const;

type Scores = { positive: Float64Array; negative: Float64Array };

/** Trains on the first half of both and scores the second halves; current texts are the positive ones. */
function scoreUnseen(reference: readonly string[], current: readonly string[], random: Random): Scores {
  const negative = halves(reference.map(hashedWords));
  const positive = halves(current.map(hashedWords));
  const examples: SparseExample[] = [
    ...negative.train.map((features) => ({ features, isPositive: false })),
    ...positive.train.map((features) => ({ features, isPositive: true })),
  ];
  const score = trainLogisticRegression(examples, { features: WORD_BUCKETS, random });
  return { positive: Float64Array.from(positive.test, score), negative: Float64Array.from(negative.test, score) };
}

function halves<T>(items: readonly T[]): { train: T[]; test: T[] } {
  const middle = Math.floor(items.length / 2);
  return { train: items.slice(0, middle), test: items.slice(middle) };
}

function judge(scores: Scores, confidence: number): Omit<DriftResult, 'referenceItems' | 'currentItems' | 'method'> {
  const pValue = aucPValue(scores);
  return {
    verdict: pValue < 1 - confidence ? 'drift' : 'no-drift',
    auc: aucOf(scores),
    interval: aucInterval(scores, confidence),
    pValue,
    detectableAuc: detectableAuc({
      positives: scores.positive.length,
      negatives: scores.negative.length,
      confidence,
      power: POWER,
    }),
  };
}
