import { describe, expect, it } from 'vitest';
import type { ChecklistView } from '../../../domain/api/checklist.js';
import { answerChecklist } from '../../../domain/checklist/checklist.js';
import { checklistLines, checklistOutcome, modelQuestionLines } from '../../../cli/checklist-lines.js';
import { completeFacts } from '../../support/checklist-facts.js';

const view = (): ChecklistView => {
  const facts = completeFacts();
  return { versionId: 'toy-triage@1', runId: 'run-1', at: facts.now, answers: answerChecklist(facts) };
};
const verdicts = (...given: ChecklistView['answers'][number]['verdict'][]) =>
  checklistOutcome(given.map((verdict) => ({ ...view().answers[0]!, verdict })));

describe('the checklist on the command line', () => {
  it('says no where an answer fails, that it cannot decide where one is unknown, and else yes', () => {
    expect(verdicts('pass', 'warn', 'waived')).toBe('OK');
    expect(verdicts('pass', 'unknown')).toBe('UNDECIDED');
    expect(verdicts('unknown', 'fail', 'pass')).toBe('NO');
  });

  it('shows each question with its answer, and who waived it', () => {
    const text = checklistLines(view()).join('\n');
    expect(text).toContain('QM7  How much energy and compute did it use?');
    expect(text).toContain('waived by leo until 2026-04-01 for demonstration, "a toy"; else unknown (claimed)');
  });

  it('keeps each question of the model on a line of its own beside an approval', () => {
    expect(modelQuestionLines(view()).map((line) => line.slice(0, 3))).toEqual(
      'QM1 QM2 QM3 QM4 QM5 QM6 QM7 QM8 QU1 QU2 QU3'.split(' '),
    );
  });
});
