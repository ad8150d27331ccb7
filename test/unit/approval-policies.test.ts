import { describe, expect, it } from 'vitest';
import { approvalMarks } from '../../domain/kernel/approval-marks.js';
import { tallyApproval, type CountedDecision } from '../../domain/kernel/approval.js';
import type { ApprovalPolicy, Involved } from '../../domain/kernel/approval-policy.js';
import { openRequest } from '../support/approval-files.js';

const HOUR = 3_600_000;
const nobody: Involved = { requesters: ['ada'], trainers: [], dataAuthors: [], recipeAuthors: [] };
const base = openRequest.terms.policy;

const policyOf = (over: Partial<ApprovalPolicy>): ApprovalPolicy => ({ ...base, ...over });

let number = 0;
const said = (principal: string, role: string, over: Partial<CountedDecision> = {}): CountedDecision => ({
  id: `d${(number += 1)}`,
  principal,
  stage: 'release',
  role,
  verdict: 'approve',
  holdsRole: true,
  ...over,
});

describe('stages of a policy', () => {
  const ordered = policyOf({
    stages: [
      { name: 'legal', after: ['risk'], roles: [{ role: 'legal', count: 1 }] },
      { name: 'risk', roles: [{ role: 'risk', count: 1 }] },
    ],
  });
  const risk = said('ruth', 'risk', { stage: 'risk' });
  const legal = said('leo', 'legal', { stage: 'legal' });

  it('are signed in their order, whatever the order in the file', () => {
    expect(tallyApproval(ordered, nobody, [])).toMatchObject({
      stage: 'risk',
      missing: [{ stage: 'risk', role: 'risk', count: 1 }],
    });
    const early = tallyApproval(ordered, nobody, [legal]);
    expect(early).toMatchObject({
      outcome: 'pending',
      discounted: [{ id: legal.id, reason: 'legal waits for the stage risk' }],
    });
    expect(tallyApproval(ordered, nobody, [risk]).missing).toEqual([{ stage: 'legal', role: 'legal', count: 1 }]);
    expect(tallyApproval(ordered, nobody, [risk, legal]).outcome).toBe('approved');
  });

  it('that follow wait again when somebody of the stage before gave the role back', () => {
    const gone = { ...risk, holdsRole: false };
    const tally = tallyApproval(ordered, nobody, [gone, legal]);
    expect(tally).toMatchObject({ outcome: 'pending', stage: 'risk' });
    // The signature of the later stage stands: only the stage whose input changed is signed again.
    expect(tallyApproval(ordered, nobody, [gone, legal, said('mia', 'risk', { stage: 'risk' })]).outcome).toBe(
      'approved',
    );
  });

  it('that wait for each other are never met', () => {
    const circle = policyOf({
      stages: [
        { name: 'a', after: ['b'], roles: [{ role: 'risk', count: 1 }] },
        { name: 'b', after: ['a'], roles: [{ role: 'legal', count: 1 }] },
      ],
    });
    const all = [said('ruth', 'risk', { stage: 'a' }), said('leo', 'legal', { stage: 'b' })];
    expect(tallyApproval(circle, nobody, all)).toMatchObject({ outcome: 'pending', missing: [] });
  });

  it('may ask for two of three people, one of them of a mandatory role', () => {
    const quorum = policyOf({
      stages: [
        {
          name: 'release',
          quorum: 2,
          roles: [
            { role: 'legal', count: 1 },
            { role: 'risk', count: 0 },
            { role: 'product', count: 0 },
          ],
        },
      ],
    });
    const withoutLegal = [said('ruth', 'risk'), said('pia', 'product')];
    expect(tallyApproval(quorum, nobody, withoutLegal)).toMatchObject({
      outcome: 'pending',
      missing: [{ role: 'legal', count: 1 }],
    });
    expect(tallyApproval(quorum, nobody, [said('leo', 'legal')]).missing).toEqual([
      { stage: 'release', role: 'any of legal, risk, product', count: 1 },
    ]);
    expect(tallyApproval(quorum, nobody, [said('leo', 'legal'), said('pia', 'product')]).outcome).toBe('approved');
  });
});

describe('who counts under a policy', () => {
  const oneRole = (over: object): ApprovalPolicy =>
    policyOf({ stages: [{ name: 'release', roles: [{ role: 'risk', count: 1, ...over }] }] });

  it('is only who is named, where people are named', () => {
    const named = oneRole({ count: 2, people: ['ruth', 'mia', 'leo'] });
    expect(tallyApproval(named, nobody, [said('ruth', 'risk'), said('zoe', 'risk')])).toMatchObject({
      outcome: 'pending',
      discounted: [{ reason: 'the policy names who signs as risk, and zoe is not among them' }],
    });
    expect(tallyApproval(named, nobody, [said('ruth', 'risk'), said('mia', 'risk')]).outcome).toBe('approved');
  });

  it('is no service, unless it is named', () => {
    const scan = said('scanner', 'risk', { isService: true });
    expect(tallyApproval(oneRole({}), nobody, [scan]).outcome).toBe('pending');
    expect(tallyApproval(oneRole({ services: ['scanner'] }), nobody, [scan]).outcome).toBe('approved');
    expect(tallyApproval(oneRole({ services: ['other'] }), nobody, [scan]).outcome).toBe('pending');
  });

  it.each([
    ['excludeTrainer', 'trainers', 'they had the model trained'],
    ['excludeDataAuthors', 'dataAuthors', 'an author of the data'],
    ['excludeRecipeAuthors', 'recipeAuthors', 'an author of the recipe'],
  ] as const)('is nobody whom %s keeps out, nor who stands in for them', (rule, part, words) => {
    const strict = { ...oneRole({}), fourEyes: { excludeRequester: true, [rule]: true } };
    const involved = { ...nobody, [part]: ['mia'] };
    for (const decision of [said('mia', 'risk'), said('ruth', 'risk', { onBehalfOf: 'mia' })]) {
      const tally = tallyApproval(strict, involved, [decision]);
      expect(tally.discounted[0]?.reason).toContain(words);
      expect(tally.outcome).toBe('pending');
    }
    expect(tallyApproval(oneRole({}), involved, [said('mia', 'risk')]).outcome).toBe('approved');
  });

  it('is who signs for somebody who may, and counts as both of them', () => {
    const forRuth = said('mia', 'risk', { onBehalfOf: 'ruth' });
    expect(tallyApproval(oneRole({}), nobody, [forRuth]).outcome).toBe('approved');
    expect(tallyApproval(base, nobody, [forRuth, said('ruth', 'legal')])).toMatchObject({
      outcome: 'pending',
      discounted: [{ reason: 'they already signed as risk' }],
    });
    const two = oneRole({ count: 2 });
    expect(tallyApproval(two, nobody, [forRuth, said('ruth', 'risk')]).outcome).toBe('pending');
    expect(tallyApproval({ ...oneRole({}), delegation: false }, nobody, [forRuth]).outcome).toBe('pending');
    expect(tallyApproval(oneRole({}), nobody, [said('ada', 'risk', { onBehalfOf: 'ruth' })]).outcome).toBe('pending');
    expect(tallyApproval(oneRole({}), nobody, [{ ...forRuth, lapsed: 'the delegation was taken back' }])).toMatchObject(
      {
        discounted: [{ reason: 'the delegation was taken back' }],
      },
    );
  });

  it('is the next in the chain once the time has come, and not before', () => {
    const chain = oneRole({ escalate: [{ after: '2d', to: 'ml-lead' }] });
    const lead = (hours: number) => said('kim', 'risk', { via: 'ml-lead', afterMilliseconds: hours * HOUR });
    expect(tallyApproval(chain, nobody, [lead(47)]).discounted[0]?.reason).toBe(
      'ml-lead may sign as risk only 2d after the request was opened',
    );
    expect(tallyApproval(chain, nobody, [lead(48)]).outcome).toBe('approved');
    expect(tallyApproval(oneRole({}), nobody, [lead(99)]).outcome).toBe('pending');
  });
});

describe('what people can say', () => {
  it('ends the request by asking for changes, unless somebody rejects', () => {
    const changes = said('ruth', 'risk', { verdict: 'request-changes' });
    expect(tallyApproval(base, nobody, [changes]).outcome).toBe('changes-requested');
    expect(tallyApproval(base, nobody, [changes, said('leo', 'legal', { verdict: 'reject' })]).outcome).toBe(
      'rejected',
    );
  });

  it('counts an abstention for nothing, and lets no second voice of theirs in', () => {
    const abstained = said('ruth', 'risk', { verdict: 'abstain' });
    const tally = tallyApproval(base, nobody, [abstained, said('ruth', 'legal')]);
    expect(tally.outcome).toBe('pending');
    expect(tally.missing).toHaveLength(2);
  });

  it('takes back what was said, by whoever said it and nobody else', () => {
    const yes = said('ruth', 'risk');
    const back = said('ruth', 'risk', { verdict: 'withdraw', supersedes: yes.id });
    expect(tallyApproval(base, nobody, [yes, back])).toMatchObject({
      outcome: 'pending',
      discounted: [{ id: yes.id, reason: 'its signer took it back' }],
    });
    const no = said('ruth', 'risk', { verdict: 'reject', supersedes: back.id });
    expect(tallyApproval(base, nobody, [yes, back, no]).outcome).toBe('rejected');
    const foreign = said('leo', 'risk', { verdict: 'withdraw', supersedes: yes.id });
    expect(tallyApproval(base, nobody, [yes, foreign, said('leo', 'legal')]).outcome).toBe('approved');
  });

  it('rejects by a veto, and without one only where too few people are left', () => {
    const soft = policyOf({
      stages: [{ name: 'release', roles: [{ role: 'risk', count: 2, veto: false, people: ['ruth', 'mia', 'leo'] }] }],
    });
    const no = (who: string) => said(who, 'risk', { verdict: 'reject' });
    expect(tallyApproval(soft, nobody, [no('ruth')]).outcome).toBe('pending');
    expect(tallyApproval(soft, nobody, [no('ruth'), said('mia', 'risk'), said('leo', 'risk')]).outcome).toBe(
      'approved',
    );
    expect(tallyApproval(soft, nobody, [no('ruth'), no('mia')]).outcome).toBe('rejected');
  });

  it('does not reject while a service that is named may still sign in the place of who said no', () => {
    const asked = { role: 'risk', count: 2, veto: false, people: ['ruth', 'mia'], services: ['scanner'] };
    const soft = policyOf({ stages: [{ name: 'release', roles: [asked] }] });
    const no = said('ruth', 'risk', { verdict: 'reject' });
    const scan = said('scanner', 'risk', { isService: true });
    expect(tallyApproval(soft, nobody, [no]).outcome).toBe('pending');
    expect(tallyApproval(soft, nobody, [no, said('mia', 'risk'), scan]).outcome).toBe('approved');
    expect(tallyApproval(soft, nobody, [no, { ...scan, verdict: 'reject' }]).outcome).toBe('rejected');
  });
});

describe('a policy that lets releases through by itself', () => {
  const automatic = policyOf({ automatic: { when: 'risk == "low"' } });
  const itself = said('assay-policy', 'automatic', { stage: 'automatic', isService: true, holdsRole: false });

  it('does so by its own decision, which no other policy counts', () => {
    expect(tallyApproval(automatic, nobody, [itself])).toMatchObject({ outcome: 'approved', missing: [] });
    expect(tallyApproval(base, nobody, [itself])).toMatchObject({
      outcome: 'pending',
      discounted: [{ id: itself.id }],
    });
  });

  it('is overruled by people who say no', () => {
    expect(tallyApproval(automatic, nobody, [itself, said('ruth', 'risk', { verdict: 'reject' })]).outcome).toBe(
      'rejected',
    );
  });
});

describe('the marks of an open request', () => {
  it('remind at half and at nine tenths of the time, and follow the chain', () => {
    const chain = policyOf({
      stages: [{ name: 'release', roles: [{ role: 'risk', count: 1, escalate: [{ after: '6h', to: 'ml-lead' }] }] }],
    });
    expect(approvalMarks(chain, 10 * HOUR)).toEqual([
      { kind: 'reminder', percent: 50, afterMilliseconds: 5 * HOUR },
      { kind: 'escalation', stage: 'release', role: 'risk', to: 'ml-lead', afterMilliseconds: 6 * HOUR },
      { kind: 'reminder', percent: 90, afterMilliseconds: 9 * HOUR },
    ]);
    expect(approvalMarks({ ...chain, reminders: [] }, HOUR)).toEqual([]);
  });
});
