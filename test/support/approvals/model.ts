import type { ApprovalPolicy, PolicyRole } from '../../../domain/kernel/approval-policy.js';

/*
 * What the rules of approvals say, written down from their words and not from the code that keeps them: no rows, no
 * signatures, no order of counting. A release is possible where some way of counting satisfies the policy, and certain
 * where every way does. The two differ only while one person has said two things that cannot both count.
 */

export interface Lent {
  from: string;
  to: string;
  role: string;
  startsAt: number;
  endsAt: number;
  takenBackAt: number | null;
}

/** Something that somebody said about what is asked about now, as a bystander would note it. */
export interface Word {
  who: string;
  stage: string;
  role: string;
  verdict: 'approve' | 'reject' | 'request-changes' | 'abstain';
  /** The role by which they say it in the place of the one that is asked. */
  via: string | null;
  /** By what somebody let them speak for them. */
  lent: Lent | null;
  at: number;
}

/** How things are at one moment. */
export interface Moment {
  policy: ApprovalPolicy;
  openedAt: number;
  parts: { requesters: string[]; trainers: string[]; dataAuthors: string[]; recipeAuthors: string[] };
  services: readonly string[];
  holds: (who: string, role: string) => boolean;
}

export interface Verdict {
  possible: boolean;
  certain: boolean;
}

const HOURS = 3_600_000;
/** Of the policies that the tests draw. */
const DURATIONS: Record<string, number> = { '1d': 24 * HOURS, '2d': 48 * HOURS };

export function mayRelease(moment: Moment, words: readonly Word[]): Verdict {
  const voices = words.filter((word) => isEligible(moment, word));
  const answers = waysToCount(moment.policy, voices).map((counted) => satisfies(moment.policy, counted));
  return { possible: answers.includes(true), certain: !answers.includes(false) };
}

/** Whether a no may end it: somebody with a veto said it, or too few are left of those who alone may say yes. */
export function mayReject(moment: Moment, words: readonly Word[]): boolean {
  const noes = words.filter((word) => word.verdict === 'reject' && isEligible(moment, word));
  return moment.policy.stages.some(({ name, roles }) =>
    roles.some(({ role, count, veto, people, services = [], escalate }) => {
      const here = noes.filter((one) => one.stage === name && one.role === role);
      if (here.length > 0 && veto !== false) return true;
      const isBounded = people !== undefined && escalate === undefined;
      return isBounded && here.length > 0 && people.length + services.length - here.length < count;
    }),
  );
}

/** Whether somebody may say this now: who they are, what they hold, and that they had no part in it. */
export function isEligible(moment: Moment, word: Word): boolean {
  const { policy, holds, services, openedAt } = moment;
  const asked = policy.stages.find(({ name }) => name === word.stage)?.roles.find(({ role }) => role === word.role);
  if (asked === undefined) return false;
  const isService = services.includes(word.who);
  const voice = word.lent?.from ?? word.who;
  const excluded = excludedBy(moment);
  if (excluded.has(word.who) || excluded.has(voice)) return false;
  if (isService && !(asked.services ?? []).includes(word.who)) return false;
  if (word.lent !== null && (policy.delegation === false || !isLentFor(word, word.lent))) return false;
  if (!holds(voice, word.via ?? word.role)) return false;
  if (word.via !== null) return isTheirTurn(asked, word.via, word.at - openedAt);
  return isService || asked.people === undefined || asked.people.includes(voice);
}

/** Four eyes. Who asks for a run has its model trained. */
function excludedBy({ policy: { fourEyes }, parts }: Moment): Set<string> {
  return new Set([
    ...(fourEyes.excludeRequester ? parts.requesters : []),
    ...(fourEyes.excludeTrainer ? [...parts.trainers, parts.requesters[0]!] : []),
    ...(fourEyes.excludeDataAuthors ? parts.dataAuthors : []),
    ...(fourEyes.excludeRecipeAuthors ? parts.recipeAuthors : []),
  ]);
}

/** Lent to them, for this role, when they spoke; and not taken back since. */
const isLentFor = ({ who, role, via, at }: Word, lent: Lent): boolean =>
  lent.to === who &&
  lent.role === (via ?? role) &&
  lent.startsAt <= at &&
  at < lent.endsAt &&
  lent.takenBackAt === null;

const isTheirTurn = ({ escalate = [] }: PolicyRole, via: string, openFor: number): boolean =>
  escalate.some(({ after, to }) => to === via && openFor >= DURATIONS[after]!);

/** Everybody has one voice: each way to hear as many of these as can be heard together. */
function waysToCount({ distinctPeople }: ApprovalPolicy, voices: readonly Word[]): Word[][] {
  const canBothCount = (one: Word, other: Word): boolean => {
    const isSamePart = one.stage === other.stage && one.role === other.role;
    const shared = peopleOf(one).some((person) => peopleOf(other).includes(person));
    return !shared || (!distinctPeople && !isSamePart);
  };
  const ways: Word[][] = [];
  const choose = (heard: Word[], left: readonly Word[]): void => {
    const [next, ...rest] = left;
    if (next === undefined) {
      const isFull = voices.every((one) => heard.includes(one) || heard.some((other) => !canBothCount(one, other)));
      if (isFull) ways.push(heard);
      return;
    }
    const clashes = voices.some((other) => other !== next && !canBothCount(next, other));
    if (heard.every((other) => canBothCount(next, other))) choose([...heard, next], rest);
    if (clashes) choose(heard, rest);
  };
  choose([], voices);
  return ways;
}

const peopleOf = ({ who, lent }: Word): string[] => (lent === null ? [who] : [who, lent.from]);

/** Every stage has its people, nobody who could stop it says no, and nobody asks for changes. */
function satisfies({ stages }: ApprovalPolicy, counted: readonly Word[]): boolean {
  const isStopped = counted.some(({ stage, role, verdict }) => {
    const asked = stages.find(({ name }) => name === stage)!.roles.find((one) => one.role === role)!;
    return verdict === 'request-changes' || (verdict === 'reject' && asked.veto !== false);
  });
  const areAllMet = stages.every(({ name, roles, quorum = 0 }) => {
    const yes = counted.filter(({ stage, verdict }) => stage === name && verdict === 'approve');
    const hasEach = roles.every(({ role, count }) => yes.filter((one) => one.role === role).length >= count);
    return hasEach && yes.length >= Math.max(1, quorum);
  });
  return areAllMet && !isStopped;
}
