import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tallyApproval, type CountedDecision } from '../../domain/kernel/approval.js';
import { openRequest } from '../support/approval-files.js';

const { policy } = openRequest.terms;

const requestedBy = (...requesters: string[]) => ({ requesters, trainers: [], dataAuthors: [], recipeAuthors: [] });

const decision = (over: Partial<CountedDecision>): CountedDecision => ({
  id: 'd',
  principal: 'ruth',
  stage: 'release',
  role: 'risk',
  verdict: 'approve',
  holdsRole: true,
  ...over,
});

describe('the tally of an approval', () => {
  it('is pending without decisions and names who is missing', () => {
    const tally = tallyApproval(policy, requestedBy('ada'), []);
    expect(tally.outcome).toBe('pending');
    expect(tally.missing.map(({ role }) => role)).toEqual(['risk', 'legal']);
  });

  it('approves when every role has its own person', () => {
    const both = [decision({ id: '1' }), decision({ id: '2', principal: 'leo', role: 'legal' })];
    expect(tallyApproval(policy, requestedBy('ada'), both).outcome).toBe('approved');
  });

  it('attack 2: does not count the requester, whatever role they hold', () => {
    const tally = tallyApproval(policy, requestedBy('ruth'), [decision({})]);
    expect(tally.outcome).toBe('pending');
    expect(tally.discounted[0]?.reason).toContain('four eyes');
  });

  it('attack 3: counts one person for one role only', () => {
    const twice = [decision({ id: '1' }), decision({ id: '2', role: 'legal' })];
    expect(tallyApproval(policy, requestedBy('ada'), twice).outcome).toBe('pending');
  });

  it('rejects on one eligible no, and not on the no of somebody without the role', () => {
    expect(tallyApproval(policy, requestedBy('ada'), [decision({ verdict: 'reject' })]).outcome).toBe('rejected');
    const outsider = [decision({ verdict: 'reject', holdsRole: false })];
    expect(tallyApproval(policy, requestedBy('ada'), outsider).outcome).toBe('pending');
  });

  it('approves nothing under a policy that asks nobody', () => {
    const both = [decision({ id: '1' }), decision({ id: '2', principal: 'leo', role: 'legal' })];
    const asks = (roles: { role: string; count: number }[]) => ({ ...policy, stages: [{ name: 'release', roles }] });
    const empty = [
      { ...policy, stages: [] },
      asks([]),
      ...[0, -1, Number.NaN, 0.5].map((count) => asks([{ role: 'risk', count }])),
    ];
    for (const nobody of empty) {
      expect(tallyApproval(nobody, requestedBy('ada'), []).outcome).toBe('pending');
      expect(tallyApproval(nobody, requestedBy('ada'), both).outcome).toBe('pending');
    }
  });

  it('releases if and only if distinct eligible people fill every role and none of them says no', () => {
    const people = fc.constantFrom('ada', 'ruth', 'leo', 'mia');
    const roles = fc.constantFrom('risk', 'legal', 'product');
    const decisions = fc.array(
      fc.record({
        id: fc.uuid(),
        principal: people,
        stage: fc.constantFrom('release', 'other'),
        role: roles,
        verdict: fc.constantFrom('approve' as const, 'reject' as const),
        holdsRole: fc.boolean(),
      }),
      { maxLength: 8 },
    );
    fc.assert(
      fc.property(decisions, (all) => {
        const firsts = new Map<string, CountedDecision>();
        for (const one of all) {
          const isAsked = one.stage === 'release' && one.role !== 'product';
          if (isAsked && one.holdsRole && one.principal !== 'ada' && !firsts.has(one.principal))
            firsts.set(one.principal, one);
        }
        const counted = [...firsts.values()];
        const saidNo = counted.some(({ verdict }) => verdict === 'reject');
        const filled = ['risk', 'legal'].every((role) =>
          counted.some((one) => one.role === role && one.verdict === 'approve'),
        );
        const expected = saidNo ? 'rejected' : filled ? 'approved' : 'pending';
        expect(tallyApproval(policy, requestedBy('ada'), all).outcome).toBe(expected);
      }),
    );
  });
});
