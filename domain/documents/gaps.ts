import { isGap, type ChecklistAnswer } from '../checklist/checklist-answer.js';
import type { Question } from '../checklist/questions.js';

/** What a document has to say that it cannot say: open questions, and those that are answered no. */
export const gapsOf = (answers: readonly ChecklistAnswer[]): { question: Question; reason: string }[] =>
  answers.filter(isGap).map(({ question, reason }) => ({ question, reason }));
