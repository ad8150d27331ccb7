import { DATA_QUESTIONS } from '../kernel/states.js';
import type { Finding } from './checklist-answer.js';
import type { ChecklistFacts } from './facts.js';

/** QD1 to QD8 as curation answered them; `unknown` where there is no answer on file. */
export function answerData({ evidence }: Pick<ChecklistFacts, 'evidence'>): Finding[] {
  const { dataAnswers, dataset, sourceCards } = evidence;
  return DATA_QUESTIONS.map((question) => {
    const answer = dataAnswers?.body.find((candidate) => candidate.question === question);
    if (answer === undefined || dataAnswers === null)
      return { question, verdict: 'unknown', basis: 'none', reason: 'No answer is on file.', evidence: [] };
    const rests = [dataAnswers, dataset, ...(ON_SOURCES.has(question) ? sourceCards : [])];
    return { ...answer, evidence: rests.flatMap((known) => known?.id ?? []) };
  });
}

/** Questions whose answers rest on what sources say of themselves. */
const ON_SOURCES = new Set<string>(['QD1', 'QD2', 'QD3', 'QD8']);
