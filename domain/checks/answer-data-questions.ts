import type { DataRecord } from '../data-record.js';
import type { SourceCard } from '../data/source-card.js';
import type { UnusedRecord } from '../data/unused-record.js';
import type { Answer } from '../kernel/answers.js';
import type { SourceSpec } from '../lifecycle-file/plan.js';
import { answerContents } from './answer-contents.js';
import { answerOrigin } from './answer-origin.js';
import { answerRights } from './answer-rights.js';
import { inspectRecords } from './inspect-records.js';

export interface DataQuestionsInput {
  sources: readonly SourceSpec[];
  /** Of the same sources, matched by id. */
  cards: readonly SourceCard[];
  /** Of all splits. */
  records: readonly DataRecord[];
  unused: readonly UnusedRecord[];
}

/**
 * Answers the eight data questions, QD1 to QD8, from what was observed and claimed. `unknown` is an answer and never
 * passes; a bare claim is at best `warn`; and where a check is thin, finding nothing is `warn` as well and says so.
 */
export function answerDataQuestions(input: DataQuestionsInput): Answer[] {
  const findings = inspectRecords(input.records);
  const answers = [...answerOrigin(input), answerRights(input), ...answerContents(findings, input.unused)];
  return answers.sort((left, right) => (left.question < right.question ? -1 : 1));
}
