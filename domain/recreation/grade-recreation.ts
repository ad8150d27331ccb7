import type { Digest } from '../kernel/digest.js';
import { shortDigest } from '../kernel/digest.js';
import type { RecreationGrade } from '../kernel/states.js';
import type { Measured } from '../metrics/measured.js';

/** What two makings of one model left under the same name; null where nothing is on file. */
export interface Pair<T> {
  original: T;
  recreated: T;
}

/** All that the grade rests on. */
export interface RecreationFacts {
  /** By the name of the split. */
  datasets: ({ name: string } & Pair<Digest | null>)[];
  /** Digests of the weights; null where the provider keeps them. */
  weights: Pair<Digest | null>;
  /** By task: digest of the answers to its items. */
  answers: ({ task: string } & Pair<Digest>)[];
  /** By task and metric; of the original as its own evaluation left it. */
  metrics: ({ task: string; metric: string } & Pair<Measured<number>>)[];
}

export interface RecreationVerdict {
  grade: RecreationGrade;
  /** A sentence each: what was equal and what was not. */
  reasons: string[];
}

/**
 * How well a model was made again from its pinned inputs (capability C7).
 * A: datasets, weights and answers have the same digests. B: the data came out the same, and every metric lies within
 * the interval that the original's evaluation stated. C: it was not possible, with what stood against it.
 */
export function gradeRecreation(facts: RecreationFacts): RecreationVerdict {
  const otherData = differences(facts.datasets.map((pair) => ({ ...pair, what: `the split ${pair.name}` })));
  const otherBytes = [
    ...weightDifference(facts.weights),
    ...differences(facts.answers.map((pair) => ({ ...pair, what: `what it answered to ${pair.task}` }))),
  ];
  if (otherData.length === 0 && otherBytes.length === 0)
    return { grade: 'A', reasons: ['Datasets, weights and answers have the same digests.'] };
  if (otherData.length > 0) return { grade: 'C', reasons: otherData };
  const metrics = facts.metrics.map(compareWithInterval);
  const reasons = [...otherBytes, ...metrics.map(({ reason }) => reason)];
  const within = metrics.filter(({ outcome }) => outcome === 'within');
  if (metrics.some(({ outcome }) => outcome === 'outside')) return { grade: 'C', reasons };
  if (within.length > 0) return { grade: 'B', reasons };
  return { grade: 'C', reasons: [...reasons, 'No metric of the original has an interval to compare with.'] };
}

/** It could not be made again at all: a final error, in its own words. */
export const impossible = (stage: string, message: string): RecreationVerdict => ({
  grade: 'C',
  reasons: [`It could not be made again: ${stage}: ${message}`],
});

const differences = (pairs: ({ what: string } & Pair<Digest | null>)[]): string[] =>
  pairs
    .filter(({ original, recreated }) => original !== recreated)
    .map(({ what, original, recreated }) => `${what} is ${inWords(recreated)}, and was ${inWords(original)}.`);

const inWords = (digest: Digest | null): string => (digest === null ? 'not there' : shortDigest(digest));

function weightDifference({ original, recreated }: Pair<Digest | null>): string[] {
  if (original === null || recreated === null)
    return ['The provider keeps the weights, so that their bytes cannot be compared.'];
  return differences([{ what: 'the digest of the weights', original, recreated }]);
}

function compareWithInterval(pair: RecreationFacts['metrics'][number]): {
  outcome: 'within' | 'outside' | 'not-comparable';
  reason: string;
} {
  const { original, recreated } = pair;
  const name = `${pair.task} ${pair.metric}`;
  if (original.status !== 'ok')
    return { outcome: 'not-comparable', reason: `${name} was not measured: ${original.reason}` };
  if (recreated.status !== 'ok')
    return { outcome: 'outside', reason: `${name} was measured before and is not now: ${recreated.reason}` };
  const { interval } = original;
  if (interval === undefined) return { outcome: 'not-comparable', reason: `${name} has no interval on file.` };
  const isWithin = interval[0] <= recreated.value && recreated.value <= interval[1];
  const range = `[${interval.map((end) => end.toFixed(3)).join(', ')}]`;
  const place = isWithin ? 'within' : 'outside';
  return { outcome: place, reason: `${name} is ${recreated.value.toFixed(3)}, ${place} ${range} of the original.` };
}
