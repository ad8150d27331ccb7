import {
  asksPeople,
  AUTOMATIC,
  whyInvolved,
  type ApprovalPolicy,
  type Involved,
  type PolicyRole,
  type PolicyStage,
} from './approval-policy.js';
import type { DecisionVerdict } from './states.js';
import { parseDuration } from './units/duration.js';

/** A verified decision, with what its signer may do now. */
export interface CountedDecision {
  id: string;
  principal: string;
  /** A service signs only where the policy names it. */
  isService?: boolean;
  /** Whose voice it is, where the signer stands in for somebody. */
  onBehalfOf?: string | null;
  stage: string;
  role: string;
  /** The role by which they sign in its place, after an escalation. */
  via?: string | null;
  verdict: DecisionVerdict;
  /** Whether the one whose voice it is holds that role now. */
  holdsRole: boolean;
  /** The decision of the same person that it takes the place of. */
  supersedes?: string | null;
  /** Since the request was opened. */
  afterMilliseconds?: number;
  /** Why it counts no more, though it was signed: the delegation was taken back. */
  lapsed?: string | null;
}

export type ApprovalOutcome = 'pending' | 'approved' | 'rejected' | 'changes-requested';

export interface Missing {
  stage: string;
  role: string;
  count: number;
}

export interface ApprovalTally {
  outcome: ApprovalOutcome;
  /** The stage that waits, where pending. */
  stage: string | null;
  /** Of stages that may be signed now; `any of a, b` is the rest of a quorum. */
  missing: Missing[];
  /** Decisions that do not count, and why. */
  discounted: { id: string; reason: string }[];
}

/**
 * Judges decisions against a policy. No decision, no approval. Release happens if and only if every stage has its
 * distinct, eligible people, none of them excluded, after the stages that come before it; or a policy that says so let
 * it through by itself.
 */
export function tallyApproval(
  policy: ApprovalPolicy,
  involved: Involved,
  decisions: readonly CountedDecision[],
): ApprovalTally {
  const replaced = supersededIn(decisions);
  const standing = decisions.filter(({ id, verdict }) => !replaced.has(id) && verdict !== 'withdraw');
  const discounted = [...replaced].map((id) => ({ id, reason: 'its signer took it back' }));
  const counted: CountedDecision[] = [];
  const met = new Set<string>();
  for (const stage of inOrder(policy)) {
    const waitsFor = (stage.after ?? []).find((name) => !met.has(name));
    for (const decision of standing.filter((one) => one.stage === stage.name)) {
      const reason =
        whyNot({ policy, involved, stage }, decision, counted) ??
        (waitsFor === undefined ? null : `${stage.name} waits for the stage ${waitsFor}`);
      if (reason === null) counted.push(decision);
      else discounted.push({ id: decision.id, reason });
    }
    if (waitsFor === undefined && lacking(stage, counted).length === 0) met.add(stage.name);
  }
  const isAutomatic = standing.some((one) => isAutomaticDecision(policy, one) && one.verdict === 'approve');
  for (const one of standing)
    if (!policy.stages.some(({ name }) => name === one.stage) && !isAutomaticDecision(policy, one))
      discounted.push({ id: one.id, reason: `the policy asks for no ${one.role} in ${one.stage}` });

  const open = policy.stages.filter(({ name }) => !met.has(name));
  const askable = open.filter(({ after = [] }) => after.every((name) => met.has(name)));
  const isMet = isAutomatic || (open.length === 0 && asksPeople(policy));
  const outcome = refusal(policy, counted) ?? (isMet ? 'approved' : 'pending');
  const missing = isMet ? [] : askable.flatMap((stage) => lacking(stage, counted));
  return { outcome, stage: outcome === 'pending' ? (askable[0]?.name ?? null) : null, missing, discounted };
}

/** Whether a decision is that of a policy which lets some releases through by itself. */
const isAutomaticDecision = (policy: ApprovalPolicy, decision: CountedDecision): boolean =>
  policy.automatic !== undefined &&
  decision.principal === AUTOMATIC.principal &&
  decision.stage === AUTOMATIC.stage &&
  decision.role === AUTOMATIC.role;

/** Decisions that their own signer took back, or replaced, in the same part. */
function supersededIn(decisions: readonly CountedDecision[]): Set<string> {
  const replaced = decisions.flatMap((later) => {
    const earlier = decisions.find(({ id }) => id === later.supersedes);
    const isOwn =
      earlier?.principal === later.principal && earlier.stage === later.stage && earlier.role === later.role;
    return isOwn && earlier.verdict !== 'withdraw' ? [earlier.id] : [];
  });
  return new Set(replaced);
}

/** Stages after those that they wait for. Stages that wait for each other come last, and wait for ever. */
function inOrder({ stages }: ApprovalPolicy): PolicyStage[] {
  const ordered: PolicyStage[] = [];
  let left = [...stages];
  while (left.length > 0) {
    const ready = left.filter(({ after = [] }) => after.every((name) => ordered.some((one) => one.name === name)));
    if (ready.length === 0) return [...ordered, ...left];
    ordered.push(...ready);
    left = left.filter((stage) => !ready.includes(stage));
  }
  return ordered;
}

/** The reason why a decision does not count, or null where it does. */
function whyNot(
  { policy, involved, stage }: { policy: ApprovalPolicy; involved: Involved; stage: PolicyStage },
  decision: CountedDecision,
  counted: readonly CountedDecision[],
): string | null {
  const asked = stage.roles.find(({ role }) => role === decision.role);
  if (decision.lapsed) return decision.lapsed;
  if (asked === undefined) return `the policy asks for no ${decision.role} in ${decision.stage}`;
  for (const person of peopleOf(decision)) {
    const reason = whyInvolved(policy, involved, person);
    if (reason !== null) return reason;
  }
  const reason = whyNotInRole(policy, asked, decision);
  if (reason !== null) return reason;
  const before = counted.find(
    (other) =>
      peopleOf(other).some((person) => peopleOf(decision).includes(person)) &&
      (policy.distinctPeople || (other.stage === decision.stage && other.role === decision.role)),
  );
  return before === undefined ? null : `they already signed as ${before.role}`;
}

function whyNotInRole(policy: ApprovalPolicy, asked: PolicyRole, decision: CountedDecision): string | null {
  const { principal, onBehalfOf = null, via = null } = decision;
  if (decision.isService === true && !(asked.services ?? []).includes(principal))
    return 'a service signs nothing: a person does';
  if (onBehalfOf !== null && policy.delegation === false) return 'the policy lets nobody sign for another';
  const voice = onBehalfOf ?? principal;
  if (asked.people !== undefined && via === null && decision.isService !== true && !asked.people.includes(voice))
    return `the policy names who signs as ${asked.role}, and ${voice} is not among them`;
  if (via !== null) {
    const step = (asked.escalate ?? []).find(({ to }) => to === via);
    if (step === undefined) return `the policy lets no ${via} sign as ${asked.role}`;
    if ((decision.afterMilliseconds ?? 0) < parseDuration(step.after))
      return `${via} may sign as ${asked.role} only ${step.after} after the request was opened`;
  }
  return decision.holdsRole ? null : `they do not hold the role ${via ?? asked.role}`;
}

const peopleOf = ({ principal, onBehalfOf = null }: CountedDecision): string[] =>
  onBehalfOf === null ? [principal] : [principal, onBehalfOf];

/** Who is still to approve at a stage. */
function lacking(stage: PolicyStage, counted: readonly CountedDecision[]): Missing[] {
  const approvals = counted.filter((one) => one.stage === stage.name && one.verdict === 'approve');
  const perRole = stage.roles
    .map(({ role, count }) => ({
      stage: stage.name,
      role,
      count: count - approvals.filter((one) => one.role === role).length,
    }))
    .filter(({ count }) => count > 0);
  const asked = perRole.reduce((sum, { count }) => sum + count, 0);
  const rest = (stage.quorum ?? 0) - approvals.length - asked;
  if (rest <= 0) return perRole;
  const anyOf = `any of ${stage.roles.map(({ role }) => role).join(', ')}`;
  return [...perRole, { stage: stage.name, role: anyOf, count: rest }];
}

/** How people refused, where they did: a no with a veto, or one that leaves too few of those that are named. */
function refusal(policy: ApprovalPolicy, counted: readonly CountedDecision[]): ApprovalOutcome | null {
  const roleOf = ({ stage, role }: CountedDecision): PolicyRole | undefined =>
    policy.stages.find(({ name }) => name === stage)?.roles.find((one) => one.role === role);
  const noes = counted.filter(({ verdict }) => verdict === 'reject');
  if (noes.some((no) => roleOf(no)?.veto !== false)) return 'rejected';
  const isOutOfReach = policy.stages.some(({ name, roles }) =>
    roles.some(({ role, count, people, services = [], escalate }) => {
      if (people === undefined || escalate !== undefined) return false;
      const said = counted.filter((one) => one.stage === name && one.role === role && one.verdict === 'reject');
      return count > 0 && people.length + services.length - said.length < count && said.length > 0;
    }),
  );
  if (isOutOfReach) return 'rejected';
  return counted.some(({ verdict }) => verdict === 'request-changes') ? 'changes-requested' : null;
}
