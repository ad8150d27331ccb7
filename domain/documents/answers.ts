import type { ModelCard } from '../api/model-card.js';
import type { ChecklistAnswer } from '../checklist/checklist-answer.js';
import { QUESTION_TEXTS } from '../checklist/questions.js';
import { shortDigest } from '../kernel/digest.js';
import { inline, table } from './markdown.js';

type Gap = ModelCard['gaps'][number];

/** Every gap as a gap, the waived ones too. */
export const gapLines = (gaps: readonly Gap[]): string[] =>
  gaps.length === 0 ? ['No question is open.'] : gaps.map(gapLine);

function gapLine({ question, verdict, reason, waivedBy, waivedUntil }: Gap): string {
  const waived = waivedBy === null ? '' : `, waived by ${waivedBy} until ${waivedUntil?.slice(0, 10) ?? ''}`;
  const text = QUESTION_TEXTS[question];
  return `- **${question}** ${inline(text)} **${verdict === 'fail' ? 'Fails' : 'Unknown'}**${inline(waived)}: ${inline(reason)}`;
}

export const answerTable = (answers: readonly ChecklistAnswer[]): string[] =>
  table(
    ['id', 'question', 'verdict', 'basis', 'why', 'evidence'],
    answers.map((answer) => [
      answer.question,
      QUESTION_TEXTS[answer.question],
      answer.verdict,
      answer.basis,
      reasonOf(answer),
      answer.evidence.map(shortDigest).join(' '),
    ]),
    'No question is answered.',
  );

function reasonOf({ reason, waiver }: ChecklistAnswer): string {
  if (waiver === null) return reason;
  const { of, by, until, purpose, why } = waiver;
  return `${reason} It is ${of}, and waived by ${by} until ${until.slice(0, 10)} for ${purpose}: "${why}"`;
}
