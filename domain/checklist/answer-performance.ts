import { counted } from '../checks/counted.js';
import type { Finding } from './checklist-answer.js';
import type { EvaluationBody } from './evidence-bodies.js';
import type { ChecklistFacts } from './facts.js';

type PerformanceFacts = Pick<ChecklistFacts, 'evidence' | 'windows' | 'quality'>;

/**
 * QM3: what was measured, with intervals, and what the gates made of it. It passes only where every metric was
 * measured, a gate passed and none spoke against it, and the last look at the traffic found no drift.
 */
export function answerPerformance({ evidence, windows, quality }: PerformanceFacts): Finding {
  const question = 'QM3';
  const { evaluations, gates } = evidence;
  const scores = evaluations.flatMap(({ body }) => body.scores.map(({ candidate }) => candidate));
  const rests = [...evaluations.map(({ id }) => id), ...(gates === null ? [] : [gates.id])];
  if (!scores.some(({ status }) => status === 'ok'))
    return { question, verdict: 'unknown', basis: 'none', reason: 'No metric was measured.', evidence: rests };

  const verdicts = (gates?.body ?? []).map(({ verdict }) => verdict);
  const last = windows.at(-1);
  const isSettled =
    scores.every(({ status }) => status === 'ok') &&
    verdicts.includes('pass') &&
    !verdicts.includes('inconclusive') &&
    last?.verdict !== 'drift';
  const parts = [evaluations.map(({ body }) => scoresInWords(body)).join(', '), gatesInWords(verdicts)];
  if (last !== undefined) parts.push(serviceInWords(windows, quality));
  return {
    question,
    verdict: verdicts.includes('fail') ? 'fail' : isSettled ? 'pass' : 'warn',
    basis: 'observed',
    reason: `${parts.join('; ')}.`,
    evidence: [...rests, ...(last === undefined ? [] : [last.evidence]), ...(quality === null ? [] : [quality.id])],
  };
}

const scoresInWords = ({ task, scores }: EvaluationBody): string =>
  scores.map(({ metric, candidate }) => `${task.id} ${metric} ${measuredInWords(candidate)}`).join(', ');

type Measured = EvaluationBody['scores'][number]['candidate'];

/** `0.981 [0.969, 0.990] on 553 items`, or that there is no number. */
export function measuredInWords(measured: Measured): string {
  if (measured.status !== 'ok') return measured.status === 'error' ? 'could not be measured' : 'is unmeasured';
  const { value, interval, n } = measured;
  const range = interval === undefined ? '' : ` [${interval[0].toFixed(3)}, ${interval[1].toFixed(3)}]`;
  return `${value.toFixed(3)}${range} on ${counted(n, 'item')}`;
}

function gatesInWords(verdicts: readonly string[]): string {
  if (verdicts.length === 0) return 'no gate judged it';
  const counts = ['pass', 'fail', 'inconclusive', 'not-applicable']
    .map((verdict) => ({ verdict, count: verdicts.filter((other) => other === verdict).length }))
    .filter(({ count }) => count > 0);
  return `gates: ${counts.map(({ verdict, count }) => `${count} ${verdict}`).join(', ')}`;
}

function serviceInWords(windows: PerformanceFacts['windows'], quality: PerformanceFacts['quality']): string {
  const drifted = windows.filter(({ verdict }) => verdict === 'drift').length;
  const measured = quality === null ? '' : ` and f1-macro ${measuredInWords(quality.body.measured)}`;
  return `in service, drift in ${drifted} of ${counted(windows.length, 'window')}${measured}`;
}
