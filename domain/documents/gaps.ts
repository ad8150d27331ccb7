import type { ChecklistAnswer } from '../checklist/checklist-answer.js';
import type { ModelCard } from '../api/model-card.js';

/**
 * What a document has to say that it cannot say: questions that are open, those that are answered no, and those that
 * somebody waived, which answers nothing.
 */
export const gapsOf = (answers: readonly ChecklistAnswer[]): ModelCard['gaps'] =>
  answers.flatMap(({ question, verdict, reason, waiver }) => {
    const bare = waiver?.of ?? verdict;
    if (bare !== 'unknown' && bare !== 'fail') return [];
    return [{ question, verdict: bare, reason, waivedBy: waiver?.by ?? null, waivedUntil: waiver?.until ?? null }];
  });
