import { answerData } from './answer-data.js';
import { answerDisclosure, answerDocumentation, answerPlace } from './answer-deployment.js';
import { answerKnowledge } from './answer-knowledge.js';
import { answerMaking } from './answer-making.js';
import { answerPerformance } from './answer-performance.js';
import { settle, type ChecklistAnswer, type Finding } from './checklist-answer.js';
import type { ChecklistFacts } from './facts.js';
import { QUESTIONS } from './questions.js';

/** Answers every question of the checklist for a model version and its deployment, in the order of the questions. */
export function answerChecklist(facts: ChecklistFacts): ChecklistAnswer[] {
  const answer = (finding: Finding): ChecklistAnswer => settle(finding, facts.waivers, facts.now);
  const answers = [
    ...answerData(facts),
    ...answerKnowledge(facts),
    answerPerformance(facts),
    ...answerMaking(facts),
    answerPlace(facts),
    answerDisclosure(facts),
  ]
    .map(answer)
    .sort((left, right) => QUESTIONS.indexOf(left.question) - QUESTIONS.indexOf(right.question));
  return [...answers, answer(answerDocumentation(facts, answers))];
}
