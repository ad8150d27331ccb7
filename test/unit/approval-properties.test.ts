import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { judgeRequest } from '../../domain/approvals/judge-request.js';
import type { RequestFile } from '../../domain/ports/approval-store.js';
import { INSTANCE, keys } from '../support/approval-files.js';
import { PEOPLE, policies, ROLES, SIGNERS } from '../support/approvals/arbitraries.js';
import type { Word } from '../support/approvals/model.js';
import { steps } from '../support/approvals/steps.js';
import { tell } from '../support/approvals/story.js';

const some = fc.subarray([...PEOPLE], { maxLength: 2 });
const starts = fc.record({
  policy: policies,
  parts: fc.record({
    requesters: fc.constantFrom<string[]>(['ada'], ['ada', 'ruth']),
    trainers: fc.constantFrom<string[]>([], ['leo']),
    dataAuthors: some,
    recipeAuthors: some,
  }),
  lacks: fc.array(
    fc.tuple(fc.constantFrom(...SIGNERS), fc.constantFrom(...ROLES)).map(([who, role]) => `${who}/${role}`),
    { maxLength: 8 },
  ),
  isGated: fc.boolean(),
});
const stories = fc.tuple(starts, fc.array(steps, { minLength: 1, maxLength: 25 }));

const outcomeOf = (file: RequestFile) => judgeRequest(file, INSTANCE, keys.publicKey).outcome;
const peopleOf = ({ who, lent }: Word) => (lent === null ? [who] : [who, lent.from]);

describe('whatever people do, and who has the database', () => {
  it('releases if and only if distinct eligible people on the present digest satisfy the policy (P5)', () => {
    let released = 0;
    fc.assert(
      fc.property(stories, ([start, happened]) => {
        const { looks, release, told } = tell(start, happened);
        expect(told.admitted).toEqual([]);
        for (const { outcome, rules } of [...looks, ...(release === undefined ? [] : [release])]) {
          if (outcome === 'approved') expect(rules.possible).toBe(true);
          else expect(rules.certain).toBe(false);
          if (outcome === 'rejected') expect(rules.mayBeRejected).toBe(true);
        }
        if (release?.outcome === 'approved') released += 1;
      }),
      { numRuns: 300 },
    );
    // The stories are worth telling: many end in a release, and more do not.
    expect(released).toBeGreaterThan(10);
    expect(released).toBeLessThan(250);
  });

  it('never releases because somebody who said nothing else has not signed', () => {
    fc.assert(
      fc.property(stories, ([start, happened]) => {
        const { told } = tell(start, happened);
        const spoken = told.words.flatMap(peopleOf);
        const once = (word: Word) => peopleOf(word).every((one) => spoken.indexOf(one) === spoken.lastIndexOf(one));
        const isSigned = (id: string) =>
          [...told.said.values()].some((last) => last.id === id && last.word?.verdict === 'approve' && once(last.word));
        const { file } = told;
        if (outcomeOf(file) !== 'pending') return;
        for (const { id } of file.decisions.filter((one) => isSigned(one.id))) {
          const without = { ...file, decisions: file.decisions.filter((one) => one.id !== id) };
          expect(outcomeOf(without)).toBe('pending');
        }
      }),
      { numRuns: 100 },
    );
  });
});
