import type { SourceCard } from '../data/source-card.js';
import type { Answer } from '../kernel/answers.js';
import type { SourceSpec } from '../lifecycle-file/plan.js';

interface RightsInput {
  sources: readonly SourceSpec[];
  cards: readonly SourceCard[];
}

type Judged = Pick<Answer, 'verdict' | 'basis' | 'reason'>;

/** QD3, is there permission to use the data in this context: the worst answer of all sources. */
export function answerRights({ sources, cards }: RightsInput): Answer {
  const judged = sources.map((source) =>
    judgeRights(
      source,
      cards.find((card) => card.id === source.id),
    ),
  );
  const worst = judged.find(({ verdict }) => verdict === 'unknown') ?? judged[0];
  if (worst === undefined) return { question: 'QD3', verdict: 'unknown', basis: 'none', reason: 'There is no source.' };
  return { question: 'QD3', ...worst };
}

/** Correspondence belongs to those who wrote it: a licence for the compilation is not theirs. */
const isCorrespondence = ({ format, origin }: SourceSpec): boolean => format === 'eml' && origin !== 'synthetic';

function judgeRights(source: SourceSpec, card: SourceCard | undefined): Judged {
  const { basis, licence, evidence } = source.rights;
  if (basis === 'unknown') return unknown(source, 'none', 'the lifecycle file states no right to use it');
  if (basis === 'licence') return judgeLicence(source, licence, card?.licences ?? []);
  if (evidence === null) return unknown(source, 'claimed', `${basis} is claimed without a document`);
  return warn(source, `${basis} is claimed and a document is kept (${evidence.path}), which nobody here verified`);
}

function judgeLicence(source: SourceSpec, licence: string | null, stated: readonly string[]): Judged {
  if (licence === null) return unknown(source, 'none', 'a licence is named as the basis, but not which one');
  if (isCorrespondence(source))
    return unknown(
      source,
      'claimed',
      `${licence} is stated for the compilation, but the mails were written by other people whose consent is not on record`,
    );
  if (stated.length > 0 && !stated.some((one) => mentions(one, licence)))
    return { ...unknown(source, 'contradicted', `${licence} is claimed, but the source states ${stated.join('; ')}`) };
  return warn(source, `${licence} is claimed, and nobody here verified that who states it may give it`);
}

/** Whether a stated licence expression has the identifier, whole. */
const mentions = (expression: string, licence: string): boolean =>
  expression
    .toLowerCase()
    .split(/[\s()]+/u)
    .includes(licence.toLowerCase());

const unknown = (source: SourceSpec, basis: Answer['basis'], why: string): Judged => ({
  verdict: 'unknown',
  basis,
  reason: `${source.id}: ${why}.`,
});

const warn = (source: SourceSpec, why: string): Judged => ({
  verdict: 'warn',
  basis: 'claimed',
  reason: `${source.id}: ${why}.`,
});
