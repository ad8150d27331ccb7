import type { ChecklistAnswer, Finding } from './checklist-answer.js';
import { isGap } from './checklist-answer.js';
import type { ChecklistFacts } from './facts.js';
import type { ServingPeriod } from './serving-periods.js';

/** QU1: where the gateway serves it, by the registry's own record. */
export function answerPlace({ periods, refusals }: Pick<ChecklistFacts, 'periods' | 'refusals'>): Finding {
  const [refused] = refusals;
  if (refused !== undefined) {
    const reason = `The alias ${refused.alias} points at it, and the gateway refuses to serve it: ${refused.reason}.`;
    return { question: 'QU1', verdict: 'fail', basis: 'contradicted', reason, evidence: [] };
  }
  return { question: 'QU1', verdict: 'pass', basis: 'observed', reason: placeInWords(periods), evidence: [] };
}

function placeInWords(periods: readonly ServingPeriod[]): string {
  const live = periods.filter(({ until }) => until === null);
  if (live.length > 0) return `Served by the gateway: ${live.map(liveInWords).join(', ')}.`;
  const last = periods.at(-1);
  if (last === undefined) return 'Nowhere: the gateway has never served it.';
  return `Nowhere now: the gateway served it under ${last.alias} from ${last.from} until ${last.until}.`;
}

const liveInWords = ({ alias, weight, isChampion, from, requestId, revision }: ServingPeriod): string =>
  `${alias} with ${weight} % of the traffic${isChampion ? ' as champion' : ''} since ${from} (approval ${requestId}, revision ${revision})`;

/** QU2: what applications are to be told. That they know is not on record: no application acknowledges anything yet. */
export function answerDisclosure({ plan }: Pick<ChecklistFacts, 'plan'>): Finding {
  const { application, notice, acknowledge } = plan.deploy.disclosure;
  const told = `${application} is to tell its users "${notice}", as the lifecycle file says`;
  const isRequired = acknowledge === 'required';
  return {
    question: 'QU2',
    verdict: isRequired ? 'unknown' : 'warn',
    basis: 'claimed',
    reason: `${told}; ${isRequired ? 'its acknowledgement is required and not on record' : 'it need not acknowledge it'}.`,
    evidence: [],
  };
}

/** QU3: whether what an auditor reads has holes, from the answers to all other questions. At best `warn`: they judge. */
export function answerDocumentation(
  { evidence, approval }: Pick<ChecklistFacts, 'evidence' | 'approval'>,
  others: readonly ChecklistAnswer[],
): Finding {
  const question = 'QU3';
  const { dataset, training, dataAnswers, gates, evaluations } = evidence;
  const core = [dataset, training, dataAnswers, gates, ...evaluations];
  const rests = core.flatMap((known) => known?.id ?? []);
  if (core.includes(null) || evaluations.length === 0)
    return {
      question,
      verdict: 'unknown',
      basis: 'none',
      reason: 'The model card would lack whole parts: not every stage has left evidence.',
      evidence: rests,
    };
  const gaps = others.filter(isGap).map(({ question: open }) => open);
  const signed = approval === null ? 'nobody was asked to approve it' : `approval ${approval.id} is ${approval.state}`;
  const waived = others.filter(({ waiver }) => waiver !== null).map(({ question: given }) => given);
  const holes = [
    gaps.length === 0 ? 'no question is open' : `open: ${gaps.join(', ')}`,
    ...(waived.length === 0 ? [] : [`waived: ${waived.join(', ')}`]),
  ].join('; ');
  return {
    question,
    verdict: 'warn',
    basis: 'observed',
    reason: `Model card and datasheet can be generated from evidence; ${holes}; ${signed}; no auditor has judged it.`,
    evidence: rests,
  };
}
