import type { Finding } from './checklist-answer.js';
import { counted } from '../checks/counted.js';
import { disclosed, disclosure } from './base-card.js';
import type { ChecklistFacts } from './facts.js';

type KnowledgeFacts = Pick<ChecklistFacts, 'plan' | 'evidence'>;

/** What is known of the model's bounds: QM1 limitations, QM2 risks, QM8 the base model. */
export const answerKnowledge = (facts: KnowledgeFacts): Finding[] => [
  answerLimitations(facts),
  answerRisks(facts),
  answerBaseModel(facts),
];

function answerLimitations({ plan, evidence }: KnowledgeFacts): Finding {
  const question = 'QM1';
  const limitations = disclosed(plan.model.base.card, 'limitations');
  const rests = evidence.evaluations.map(({ id }) => id);
  const tasks = evidence.evaluations.map(({ body }) => body.task.id).join(', ');
  const tested = tasks === '' ? 'nothing was tested' : `beyond ${tasks} nothing was tested`;
  if (limitations === null) {
    const reason = `The base model's limitations are not disclosed, and ${tested}.`;
    return { question, verdict: 'unknown', basis: 'none', reason, evidence: rests };
  }
  const reason = `Claimed of the base model: ${limitations.map(withoutStop).join('; ')}; ${tested}.`;
  return { question, verdict: 'warn', basis: 'claimed', reason, evidence: rests };
}

/** No test of this version looks for a risk, so that what is open elsewhere is all that can be named. */
function answerRisks({ plan, evidence }: KnowledgeFacts): Finding {
  const { dataAnswers, evaluations } = evidence;
  const open = (dataAnswers?.body ?? [])
    .filter(({ verdict }) => verdict === 'unknown' || verdict === 'fail')
    .map(({ question, verdict }) => `${question} is ${verdict}`);
  const { unsaid } = disclosure(plan.model.base.card);
  const known = [
    ...(dataAnswers === null ? ['no data question is answered'] : open),
    ...(unsaid.length === 0 ? [] : [`the base model's ${unsaid.join(', ')} not disclosed`]),
  ];
  return {
    question: 'QM2',
    verdict: 'unknown',
    basis: 'none',
    reason: `Bias, leakage, false content and misuse were not tested${known.length === 0 ? '' : `; open besides: ${known.join('; ')}`}.`,
    evidence: [dataAnswers, ...evaluations].flatMap((one) => one?.id ?? []),
  };
}

/** Part of the question is whether anybody probed it for poisoning; nothing here does, so it stays `unknown`. */
function answerBaseModel({ plan, evidence: { imported } }: KnowledgeFacts): Finding {
  const { id, card } = plan.model.base;
  const { said, unsaid } = disclosure(card);
  const claimed = said.length === 0 ? `Nothing is disclosed of ${id}` : `The card of ${id} states ${said.join(', ')}`;
  const silent = said.length === 0 || unsaid.length === 0 ? '' : `; not disclosed: ${unsaid.join(', ')}`;
  return {
    question: 'QM8',
    verdict: 'unknown',
    basis: said.length === 0 ? 'none' : 'claimed',
    reason: `${claimed}${silent}${found(imported)}; nobody probed it for poisoning.`,
    evidence: imported === null ? [] : [imported.id],
  };
}

/** What an import found: the provider's word, or files by their digests. */
function found(imported: KnowledgeFacts['evidence']['imported']): string {
  if (imported === null) return '';
  const { source, said = {}, files = [], bytes = 0 } = imported.body;
  if (source.kind === 'weights') return `; imported as ${counted(files.length, 'file')} of ${bytes} bytes, by digest`;
  const shutdown = said['shutdown_date'];
  const retires =
    shutdown === undefined || shutdown === null ? 'no date of retirement' : `its retirement on ${shutdown}`;
  return `; ${source.provider} said, when it was imported, that it serves it, and ${retires}`;
}

const withoutStop = (text: string): string => text.trim().replace(/\.$/, '');
