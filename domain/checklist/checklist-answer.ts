import type { Digest } from '../kernel/digest.js';
import type { AnswerBasis, AnswerVerdict } from '../kernel/states.js';
import type { Question } from './questions.js';

/** What the facts say to a question, before anybody waives anything. */
export interface Finding {
  question: Question;
  verdict: Exclude<AnswerVerdict, 'waived'>;
  basis: AnswerBasis;
  /** One sentence. */
  reason: string;
  /** The evidence that it rests on, by id. */
  evidence: Digest[];
}

/** A signed waiver that still verifies; whether it has ended is judged where it is used. */
export interface Waiver {
  question: string;
  by: string;
  why: string;
  purpose: string;
  /** ISO 8601. */
  until: string;
}

/** An answer as the checklist shows it. `waiver` is what made a failing or unknown answer `waived`, else null. */
export interface ChecklistAnswer extends Omit<Finding, 'verdict'> {
  verdict: AnswerVerdict;
  waiver: (Omit<Waiver, 'question'> & { of: 'fail' | 'unknown' }) | null;
}

/**
 * Makes an answer of a finding: no verdict is better than its basis allows, and what blocks is `waived` only while a
 * waiver of that question lasts (of several, the longest).
 */
export function settle(finding: Finding, waivers: readonly Waiver[], now: string): ChecklistAnswer {
  const verdict = limitedByBasis(finding);
  if (verdict !== 'fail' && verdict !== 'unknown') return { ...finding, verdict, waiver: null };
  const [longest] = waivers
    .filter(({ question, until }) => question === finding.question && Date.parse(until) > Date.parse(now))
    .sort((left, right) => Date.parse(right.until) - Date.parse(left.until));
  if (longest === undefined) return { ...finding, verdict, waiver: null };
  const { by, why, purpose, until } = longest;
  return { ...finding, verdict: 'waived', waiver: { by, why, purpose, until, of: verdict } };
}

/** Only what was observed passes; without any basis nothing is known. */
function limitedByBasis({ verdict, basis }: Finding): Finding['verdict'] {
  if (basis === 'none') return verdict === 'fail' ? 'fail' : 'unknown';
  return verdict === 'pass' && basis !== 'observed' ? 'warn' : verdict;
}

/** What nobody has answered, or what the answer speaks against, and nobody has waived. */
export const isGap = ({ verdict }: Pick<ChecklistAnswer, 'verdict'>): boolean =>
  verdict === 'unknown' || verdict === 'fail';
