import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { whyNotAnswer, type Answerer } from '../../../domain/tasks/may-answer.js';
import { settle, type CountedAnswer } from '../../../domain/tasks/settle.js';
import type { Task } from '../../../domain/tasks/task.js';
import { openLabelTask } from '../../support/task-files.js';

const PEOPLE: readonly Answerer[] = [
  { principal: 'ruth', kind: 'person', roles: ['author'] },
  { principal: 'leo', kind: 'person', roles: ['author', 'ml-lead'] },
  { principal: 'ada', kind: 'person', roles: ['ml-lead'] },
  { principal: 'sam', kind: 'person', roles: ['viewer'] },
  { principal: 'robot', kind: 'service', roles: ['author', 'ml-lead'] },
];
const NOW = '2026-01-02T00:00:00.000Z';
const said = (principal: string, answer: string): CountedAnswer => ({ id: principal, principal, answer });

interface Played {
  task: Task;
  answers: CountedAnswer[];
}

/** What the store does with one person's answer: refuse it, or count it and settle. */
function play({ task, answers }: Played, who: Answerer, answer: string): Played {
  const hasAnswered = answers.some(({ principal }) => principal === who.principal);
  if (whyNotAnswer({ task, now: NOW }, who, hasAnswered) !== null) return { task, answers };
  const all = [...answers, said(who.principal, answer)];
  const { state, answer: agreed } = settle(task.answersNeeded, all);
  return { task: { ...task, state, answer: agreed }, answers: all };
}

describe('two independent answers', () => {
  it('agree, or wait for a third who settles it', () => {
    expect(settle(2, [])).toMatchObject({ state: 'open' });
    expect(settle(2, [said('ruth', 'spam')])).toMatchObject({ state: 'open', answer: null });
    const [spam, ham] = [said('ruth', 'spam'), said('leo', 'ham')];
    expect(settle(2, [spam, said('leo', 'spam')])).toMatchObject({ state: 'answered', signers: ['ruth', 'leo'] });
    expect(settle(2, [spam, ham])).toMatchObject({ state: 'disputed', answer: null, signers: [] });
    expect(settle(2, [spam, ham, said('ada', 'ham')])).toEqual({
      state: 'answered',
      answer: 'ham',
      signers: ['leo', 'ada'],
    });
  });

  it('of one person are one', () => {
    expect(settle(2, [said('ruth', 'spam'), said('ruth', 'spam')])).toMatchObject({ state: 'open' });
    expect(settle(2, [said('ruth', 'spam'), said('leo', 'ham'), said('ruth', 'ham')])).toMatchObject({
      state: 'disputed',
    });
  });

  it('of whatever people in whatever order end once, by those who were asked, each counted once', () => {
    const moves = fc.array(fc.tuple(fc.constantFrom(...PEOPLE), fc.constantFrom('spam', 'ham')), { maxLength: 12 });
    fc.assert(
      fc.property(moves, fc.constantFrom(1, 2), (played, answersNeeded) => {
        let now: Played = { task: { ...openLabelTask, answersNeeded }, answers: [] };
        for (const [who, answer] of played) {
          const next = play(now, who, answer);
          if (now.task.state === 'answered') expect(next).toEqual(now);
          if (now.task.state === 'disputed') expect(next.task.state).not.toBe('open');
          now = next;
        }
        const { task, answers } = now;
        const people = answers.map(({ principal }) => principal);
        expect(new Set(people).size).toBe(people.length);
        expect(people).not.toContain('sam');
        expect(people).not.toContain('robot');
        const independent = answers.slice(0, answersNeeded);
        for (const { principal } of independent)
          expect(PEOPLE.find((one) => one.principal === principal)?.roles).toContain('author');
        const isComplete = independent.length === answersNeeded;
        const isAgreed = new Set(independent.map(({ answer }) => answer)).size === 1;
        const settling = answers[answersNeeded];
        if (settling !== undefined)
          expect(PEOPLE.find((one) => one.principal === settling.principal)?.roles).toContain('ml-lead');
        expect(answers.length).toBeLessThanOrEqual(answersNeeded + 1);
        const expected = !isComplete ? 'open' : isAgreed || settling !== undefined ? 'answered' : 'disputed';
        expect(task.state).toBe(expected);
        expect(task.answer).toBe(expected === 'answered' ? (settling ?? independent[0])?.answer : null);
      }),
      { numRuns: 2_000 },
    );
  });
});
