import type { Approval } from '../api/queries.js';
import { questionOf } from './questions.js';

type Waiver = Approval['waivers'][number];

/** One thing that was checked, and how it stands. */
export interface Check {
  id: string;
  title: string;
  /** As it was judged. */
  verdict: string;
  standing: 'failing' | 'waived' | 'warned' | 'passing';
  reason: string;
  /** Why it matters, for people who do not build models. */
  matters: string;
  waiver: Waiver | null;
}

const ORDER: readonly Check['standing'][] = ['failing', 'waived', 'warned', 'passing'];

/** All checks of a request, what fails first. */
export const checksOf = (approval: Approval): Check[] =>
  questionChecks(approval).sort((a, b) => ORDER.indexOf(a.standing) - ORDER.indexOf(b.standing));

function questionChecks({ terms, waivers }: Approval): Check[] {
  return terms.answers.map(({ question, verdict, reason }) => {
    const waiver = waivers.find((one) => one.question === question && one.problem === null) ?? null;
    const { asks, matters } = questionOf(question);
    return {
      id: question,
      title: `${question} ${asks}`,
      verdict,
      standing: standingOf(verdict, waiver),
      reason,
      matters,
      waiver,
    };
  });
}

function standingOf(verdict: string, waiver: Waiver | null): Check['standing'] {
  if (verdict === 'pass') return 'passing';
  if (verdict === 'warn') return 'warned';
  return waiver === null ? 'failing' : 'waived';
}
