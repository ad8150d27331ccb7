import { colours } from './colours.js';
import type { AnswerVerdict, GateVerdict } from '../domain/kernel/states.js';

type Verdict = AnswerVerdict | GateVerdict;

/** How many there are of each verdict, at a glance, the worst first; what cannot be decided counts as neither. */
export function verdictStrip(verdicts: readonly Verdict[]): string {
  const order = ['fail', 'unknown', 'inconclusive', 'warn', 'waived', 'not-applicable', 'pass'] as const;
  const counts = order
    .map((verdict) => ({ verdict, count: verdicts.filter((other) => other === verdict).length }))
    .filter(({ count }) => count > 0);
  return counts.map(({ verdict, count }) => COLOURS[verdict](`${count} ${verdict}`)).join(' · ');
}

const COLOURS: Record<Verdict, (text: string) => string> = {
  fail: colours.red,
  unknown: colours.red,
  inconclusive: colours.red,
  warn: colours.yellow,
  waived: colours.yellow,
  'not-applicable': colours.dim,
  pass: colours.green,
};
