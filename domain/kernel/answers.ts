import type { AnswerBasis, AnswerVerdict, DataQuestion } from './states.js';

/** An answer to a checklist question. `reason` says in a sentence what it rests on. */
export interface Answer {
  question: DataQuestion;
  verdict: Exclude<AnswerVerdict, 'waived'>;
  basis: AnswerBasis;
  reason: string;
}

/** What blocks an approval until a person with the right role waives it. */
export const isBlocking = (answer: Answer): boolean => answer.verdict === 'fail' || answer.verdict === 'unknown';
