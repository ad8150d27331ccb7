import { describe, expect, it } from 'vitest';
import { automaticInputs, evaluateAutomatic } from '../../domain/approvals/automatic.js';
import { judgeRequest } from '../../domain/approvals/judge-request.js';
import { digestOf } from '../../domain/evidence/canonical.js';
import type { GateResult } from '../../domain/gates/gate-result.js';
import { AUTOMATIC } from '../../domain/kernel/approval-policy.js';
import type { ApprovalRequest, RequestFile } from '../../domain/ports/approval-store.js';
import { INSTANCE, keys, openRequest, signedDecision } from '../support/approval-files.js';

const gate: GateResult = {
  gate: { task: 'triage', metric: 'f1-macro', kind: 'at-least', limit: 0.9, confidence: 0.95 },
  verdict: 'pass',
  statistic: 0.98,
  interval: [0.96, 0.99],
  limit: 0.9,
  n: 568,
  reason: 'it is above',
  neededItems: 40,
};
const inputs = automaticInputs({ ...openRequest, terms: { ...openRequest.terms, risk: 'low' } }, [gate]);
const ask = (when: string) => evaluateAutomatic(when, inputs);

describe('an expression of a policy', () => {
  it('is asked about what the request binds', () => {
    const when = 'risk == "low" && gates.all(g, g.verdict == "pass") && costUsd < 1.0 && !isFirstRelease';
    expect(ask(when)).toEqual({ holds: true, reason: 'the expression holds' });
    expect(ask('answers.all(a, a.verdict != "unknown")').holds).toBe(false);
    expect(automaticInputs(openRequest, [{ ...gate, verdict: 'not-applicable' }])).toMatchObject({
      risk: 'unknown',
      isFirstRelease: true,
    });
  });

  it.each([
    ['a field that is not there', 'nothing.like.it == 1'],
    ['an index outside', 'gates[7].n > 0'],
    ['a wrong type', 'gates[0].n == "568" || gates[0].n > "5"'],
    ['a division by zero', '1 / 0 > 0'],
    ['a number in place of an answer', 'gates[0].n'],
    ['a text in place of an answer', '"true"'],
    ['nothing', ''],
    ['no expression', 'risk =='],
    ['a function that is not there', 'release()'],
    ['a comparison with what is no number', 'double("NaN") >= 0.9'],
    ['loops in loops', 'gates.all(a, gates.all(b, gates.all(c, true)))'],
    ['ten megabytes', `"${'a'.repeat(10_000_000)}" == risk`],
  ])('attack 33: fails closed for %s, with a reason', (_, when) => {
    const startedAt = performance.now();
    const { holds, reason } = ask(when);
    expect(holds).toBe(false);
    expect(reason).not.toBe('');
    // Far above what it takes, and far below what a backtracking engine would.
    expect(performance.now() - startedAt).toBeLessThan(2_000);
  });

  it('attack 33: is not held up by a pattern that backtracks', () => {
    const startedAt = performance.now();
    expect(ask(`"${'a'.repeat(60)}!".matches("^(a+)+$")`).holds).toBe(false);
    expect(performance.now() - startedAt).toBeLessThan(2_000);
  });
});

describe('the decision of a policy', () => {
  const when = 'risk == "low"';
  const policy = { ...openRequest.terms.policy, automatic: { when } };
  const terms = { ...openRequest.terms, policy, answers: [] };
  const subjectDigest = digestOf({ subject: openRequest.subject, terms });
  const request: ApprovalRequest = { ...openRequest, terms, subjectDigest, policyDigest: digestOf(policy) };
  const bound = { subjectDigest, policyDigest: request.policyDigest };
  const decided = (over: object) => {
    const said = { ...bound, stage: AUTOMATIC.stage, ...over };
    return { ...signedDecision(AUTOMATIC.principal, AUTOMATIC.role, said), isService: true, holdsRole: false };
  };
  const judge = (decision: RequestFile['decisions'][number]) =>
    judgeRequest({ request, decisions: [decision], waivers: [], now: openRequest.openedAt }, INSTANCE, keys.publicKey);

  it('releases what the expression holds for, by the inputs that are kept with it', () => {
    expect(judge(decided({ automatic: { when, inputs: { risk: 'low' } } })).outcome).toBe('approved');
  });

  it.each([
    ['inputs for which it does not hold', { automatic: { when, inputs: { risk: 'high' } } }],
    ['another expression than that of the policy', { automatic: { when: 'true', inputs: {} } }],
    ['no inputs at all', {}],
  ])('does not verify with %s', (_, over) => {
    const judged = judge(decided(over));
    expect(judged.outcome).toBe('pending');
    expect(judged.unverified).toHaveLength(1);
  });
});
