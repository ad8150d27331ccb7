import type { Approval, Comparison } from '../api/queries.js';
import { metricWords } from '../comparison/words.js';
import { questionOf } from './questions.js';

type Waiver = Approval['waivers'][number];
export type Gate = Comparison['gates'][number];

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
  /** What was measured, where the check is a gate. */
  gate: Gate | null;
  /** The question about the data whose answer can be waived. */
  question: string | null;
}

const ORDER: readonly Check['standing'][] = ['failing', 'waived', 'warned', 'passing'];

/** All checks of a request, what fails first. */
export const checksOf = (approval: Approval, gates: readonly Gate[]): Check[] =>
  [...gates.map(gateCheck), ...questionChecks(approval)].sort(
    (a, b) => ORDER.indexOf(a.standing) - ORDER.indexOf(b.standing),
  );

function gateCheck(gate: Gate): Check {
  const { name, means, matters } = metricWords(gate.metric);
  const asks = gate.kind === 'at-least' ? `at least ${gate.limit}` : 'no worse than what serves now';
  return {
    id: `${gate.task}/${gate.metric}/${gate.kind}`,
    title: `${name}, ${asks}`,
    verdict: gate.verdict,
    standing: gate.verdict === 'pass' ? 'passing' : gate.verdict === 'not-applicable' ? 'warned' : 'failing',
    reason: gate.reason,
    matters: `${means} ${matters}`.trim(),
    waiver: null,
    gate,
    question: null,
  };
}

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
      gate: null,
      question,
    };
  });
}

function standingOf(verdict: string, waiver: Waiver | null): Check['standing'] {
  if (verdict === 'pass') return 'passing';
  if (verdict === 'warn') return 'warned';
  return waiver === null ? 'failing' : 'waived';
}
