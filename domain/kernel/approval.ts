import type { DecisionVerdict } from './states.js';

/** What a policy asks for; frozen by value in every request. */
export interface ApprovalPolicy {
  name: string;
  version: number;
  /** Stage by stage, in order: so many distinct people per role. */
  stages: { name: string; roles: { role: string; count: number }[] }[];
  /** Nobody of these may sign. */
  fourEyes: { excludeRequester: boolean };
  /** One person may stand for one role only. */
  distinctPeople: boolean;
  /** Who may waive an answer that is `fail` or `unknown`. */
  waivers: { role: string };
}

/** A verified decision, with the roles that its signer holds now. */
export interface CountedDecision {
  id: string;
  principal: string;
  stage: string;
  role: string;
  verdict: DecisionVerdict;
  holdsRole: boolean;
}

export interface ApprovalTally {
  outcome: 'pending' | 'approved' | 'rejected';
  /** The stage that waits, where pending. */
  stage: string | null;
  missing: { stage: string; role: string; count: number }[];
  /** Decisions that do not count, and why. */
  discounted: { id: string; reason: string }[];
}

/**
 * Judges decisions against a policy. No decision, no approval; one rejection by an eligible person rejects. A policy
 * that asks nobody, or for less than one person in a role, approves nothing, whoever wrote it into the request.
 * `requesters` asked for the run, and for those whose work it took over.
 * Release happens if and only if every stage has its distinct, eligible people, none of them excluded.
 */
export function tallyApproval(
  policy: ApprovalPolicy,
  requesters: readonly string[],
  decisions: readonly CountedDecision[],
): ApprovalTally {
  const discounted: ApprovalTally['discounted'] = [];
  const eligible: CountedDecision[] = [];
  for (const decision of decisions) {
    const reason = whyNot(policy, requesters, decision, eligible);
    if (reason === null) eligible.push(decision);
    else discounted.push({ id: decision.id, reason });
  }
  const missing = policy.stages.flatMap((stage) =>
    stage.roles
      .map(({ role, count }) => ({
        stage: stage.name,
        role,
        count: count - countPeople(eligible, stage.name, role),
      }))
      .filter(({ count }) => count > 0),
  );
  const isRejected = eligible.some((decision) => decision.verdict === 'reject');
  const outcome = isRejected ? 'rejected' : missing.length === 0 && asksPeople(policy) ? 'approved' : 'pending';
  return { outcome, stage: outcome === 'pending' ? (missing[0]?.stage ?? null) : null, missing, discounted };
}

const asksPeople = ({ stages }: ApprovalPolicy): boolean =>
  stages.length > 0 &&
  stages.every(({ roles }) => roles.length > 0 && roles.every(({ count }) => Number.isInteger(count) && count >= 1));

/** The reason why a decision does not count, or null where it does. */
function whyNot(
  policy: ApprovalPolicy,
  requesters: readonly string[],
  decision: CountedDecision,
  counted: readonly CountedDecision[],
): string | null {
  const asked = policy.stages
    .find((stage) => stage.name === decision.stage)
    ?.roles.some((r) => r.role === decision.role);
  if (!asked) return `the policy asks for no ${decision.role} in ${decision.stage}`;
  if (policy.fourEyes.excludeRequester && requesters.includes(decision.principal))
    return 'four eyes: they requested this run, or one that it rests on';
  if (!decision.holdsRole) return `they do not hold the role ${decision.role}`;
  const before = counted.find((other) => other.principal === decision.principal);
  if (policy.distinctPeople && before !== undefined) return `they already signed as ${before.role}`;
  return null;
}

const countPeople = (decisions: readonly CountedDecision[], stage: string, role: string): number =>
  new Set(
    decisions.filter((d) => d.stage === stage && d.role === role && d.verdict === 'approve').map((d) => d.principal),
  ).size;
