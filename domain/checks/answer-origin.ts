import type { DataRecord } from '../data-record.js';
import type { JudgedClaim } from '../data/period-claim.js';
import type { SourceCard } from '../data/source-card.js';
import type { Answer } from '../kernel/answers.js';
import type { SourceSpec } from '../lifecycle-file/plan.js';
import { counted } from './counted.js';

interface OriginInput {
  sources: readonly SourceSpec[];
  cards: readonly SourceCard[];
  records: readonly DataRecord[];
}

/** QD1 which sources, QD2 how the data came about, QD8 whether people or machines made it. */
export const answerOrigin = (input: OriginInput): Answer[] => [
  answerSources(input),
  answerGeneration(input),
  answerAuthenticity(input),
];

function answerSources({ sources, cards, records }: OriginInput): Answer {
  const missing = sources.filter((source) => cards.every((card) => card.id !== source.id));
  if (sources.length === 0 || missing.length > 0)
    return {
      question: 'QD1',
      verdict: 'unknown',
      basis: 'none',
      reason: `No source card for ${idsOf(missing) || 'any source'}.`,
    };
  // Two sources may be two selections of the same data: it counts once.
  const distinct = new Map(cards.map((card) => [card.rawDigest, card.counts.records]));
  const sealed = [...distinct.values()].reduce((sum, count) => sum + count, 0);
  return {
    question: 'QD1',
    verdict: 'pass',
    basis: 'observed',
    reason: `${counted(sources.length, 'source')} (${idsOf(sources)}): ${counted(sealed, 'record')} read and sealed by digest, ${records.length} of them used.`,
  };
}

/** In words, whose origin nobody states; null where every source's is stated. */
function withoutOrigin(sources: OriginInput['sources']): string | null {
  const untold = sources.filter(({ origin }) => origin === 'unknown');
  return untold.length > 0 || sources.length === 0 ? idsOf(untold) || 'the data' : null;
}

function answerGeneration({ sources, cards }: OriginInput): Answer {
  const question = 'QD2';
  const untold = withoutOrigin(sources);
  if (untold !== null)
    return {
      question,
      verdict: 'unknown',
      basis: 'none',
      reason: `Nobody says how ${untold} came about.`,
    };
  const contradicted = cards.flatMap(({ claims }) => claims).find(({ verdict }) => verdict === 'contradicted');
  const told = sources.map(({ id, origin }) => `${id} is ${origin}`).join(', ');
  if (contradicted !== undefined)
    return {
      question,
      verdict: 'warn',
      basis: 'contradicted',
      reason: `Claimed: ${told}; but the source says "${contradicted.statement}" and the records' own dates contradict it (medians ${medians(contradicted)}).`,
    };
  return {
    question,
    verdict: 'warn',
    basis: 'claimed',
    reason: `Claimed in the lifecycle file: ${told}; not verified.`,
  };
}

const medians = (claim: JudgedClaim): string =>
  Object.entries(claim.medians)
    .map(([group, at]) => `${group} ${at?.slice(0, 10) ?? 'none'}`)
    .join(', ');

/** Before this, hardly any text could come from a language model. */
const BEFORE_MODELS = '2020-01-01';

function answerAuthenticity({ sources, records }: OriginInput): Answer {
  const question = 'QD8';
  const untold = withoutOrigin(sources);
  if (untold !== null)
    return {
      question,
      verdict: 'unknown',
      basis: 'none',
      reason: `Nobody says who or what wrote ${untold}.`,
    };
  const old = records.filter(({ at }) => at !== null && at < BEFORE_MODELS).length;
  const kinds = [...new Set(sources.map(({ origin }) => origin))].join(' and ');
  return {
    question,
    verdict: 'warn',
    basis: 'claimed',
    reason: `Claimed to be ${kinds}; ${old} of ${counted(records.length, 'record')} bear dates before 2020, which speaks for people where the dates are true; no text was tested.`,
  };
}

const idsOf = (sources: readonly SourceSpec[]): string => sources.map(({ id }) => id).join(', ');
