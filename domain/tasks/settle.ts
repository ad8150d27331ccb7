/** An answer whose signature holds. */
export interface CountedAnswer {
  id: string;
  principal: string;
  answer: string;
}

export interface Settlement {
  state: 'open' | 'disputed' | 'answered';
  /** Null while there is none. */
  answer: string | null;
  /** Who gave it: those who agree, or whoever settled a dispute and those of the same mind. */
  signers: string[];
}

/**
 * What independent answers add up to, in the order in which they were given. So many people as needed answer; where all
 * say the same, that is the answer. Where they differ, the next answer settles it. A second answer of one person is none.
 */
export function settle(answersNeeded: number, given: readonly CountedAnswer[]): Settlement {
  const answers = given.filter(({ principal }, at) => given.findIndex((one) => one.principal === principal) === at);
  const independent = answers.slice(0, answersNeeded);
  const settling = answers[answersNeeded];
  const [first] = independent;
  if (first === undefined || independent.length < answersNeeded) return { state: 'open', answer: null, signers: [] };
  const isAgreed = independent.every(({ answer }) => answer === first.answer);
  if (isAgreed)
    return { state: 'answered', answer: first.answer, signers: independent.map(({ principal }) => principal) };
  if (settling === undefined) return { state: 'disputed', answer: null, signers: [] };
  const { answer } = settling;
  const ofOneMind = [...independent, settling].filter((one) => one.answer === answer);
  return { state: 'answered', answer, signers: ofOneMind.map(({ principal }) => principal) };
}
