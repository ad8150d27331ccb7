import { colours } from './colours.js';
import type { ChecklistView } from '../domain/api/checklist.js';
import { isGap } from '../domain/checklist/checklist-answer.js';
import { DEPLOYMENT_QUESTIONS, MODEL_QUESTIONS, QUESTION_TEXTS } from '../domain/checklist/questions.js';
import { shortDigest } from '../domain/kernel/digest.js';
import { DATA_QUESTIONS } from '../domain/kernel/states.js';
import { columns } from './columns.js';
import type { OutcomeCode } from './exit-codes.js';
import { plainText } from './plain-text.js';
import { verdictStrip } from './verdict-strip.js';

type Answer = ChecklistView['answers'][number];

/** The whole checklist: each question in words, its answer, and the evidence that it rests on. */
export function checklistLines({ versionId, runId, at, answers }: ChecklistView): string[] {
  const parts = [
    ['Data', DATA_QUESTIONS],
    ['Model', MODEL_QUESTIONS],
    ['Deployment', DEPLOYMENT_QUESTIONS],
  ] as const;
  return [
    `${colours.bold(plainText(versionId))}  of ${runId}, as of ${at}`,
    verdictStrip(answers.map(({ verdict }) => verdict)),
    ...parts.flatMap(([title, questions]) => ['', colours.bold(title), ...answered(answers, questions).flatMap(lines)]),
  ];
}

function lines(answer: Answer): string[] {
  const { question, reason, evidence } = answer;
  return [
    `  ${question}  ${QUESTION_TEXTS[question]}`,
    `       ${plainText(`${verdictInWords(answer)}: ${reason}`)}`,
    ...(evidence.length === 0 ? [] : [colours.dim(`       evidence ${evidence.map(shortDigest).join(' ')}`)]),
  ];
}

function verdictInWords({ verdict, basis, waiver }: Answer): string {
  if (waiver === null) return `${verdict} (${basis})`;
  const { of, by, until, purpose, why } = waiver;
  return `waived by ${by} until ${until.slice(0, 10)} for ${purpose}, "${why}"; else ${of} (${basis})`;
}

/** The questions of the model and its deployment in a row each, as they stand beside the data answers of an approval. */
export const modelQuestionLines = ({ answers }: ChecklistView): string[] =>
  columns(
    answered(answers, [...MODEL_QUESTIONS, ...DEPLOYMENT_QUESTIONS]).map(({ question, verdict, basis, reason }) => [
      question,
      verdict,
      basis,
      reason,
    ]),
  );

const answered = (answers: readonly Answer[], questions: readonly string[]): Answer[] =>
  answers.filter(({ question }) => questions.includes(question));

/** NO where an answer fails, UNDECIDED where one is unknown, and nobody waived it. */
export function checklistOutcome(answers: readonly Answer[]): OutcomeCode {
  const gaps = answers.filter(isGap);
  if (gaps.some(({ verdict }) => verdict === 'fail')) return 'NO';
  return gaps.length > 0 ? 'UNDECIDED' : 'OK';
}
