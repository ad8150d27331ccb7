import { burstOf, refillPerSecond, type CallCost, type ProviderLimits } from './provider-limits.js';

/** What is left of an account at one moment. A level may lie below zero: what was found to cost more is owed. */
export interface AccountLevel {
  requests: number;
  tokens: number;
  /** Calls under way, of all workers. */
  underWay: number;
}

/** Calls of one project that wait at a worker, in the order in which they are to be begun. */
export interface ProjectDemand {
  project: string;
  calls: CallCost[];
  /** So many requests more would soon be begun: granted only where nobody waits for what they take. */
  ahead?: number | undefined;
}

/** When each project was served last: a growing number; who is not in it was never served. */
export type Turns = Record<string, number>;

export interface SharedOut {
  /** How many of the asker's calls may be begun, by project: the first ones. */
  granted: Record<string, number>;
  level: AccountLevel;
  turns: Turns;
  /** When to ask again for the rest; null where nothing is left to ask for. */
  afterMilliseconds: number | null;
}

const ONE_REQUEST: CallCost = { requests: 1, tokens: 0 };
const NOT_MY_TURN_MILLISECONDS = 50;
const NO_PLACE_MILLISECONDS = 200;
const LONGEST_MILLISECONDS = 1_000;

/**
 * Shares what an account has left between the projects that wait, one call after the other: next is the project that was
 * served longest ago, at whichever worker its calls wait. What falls to a call at another worker is left for it. A call
 * that does not fit yet is waited for, so that small ones never pass a large one by for ever.
 */
export function shareOut(asked: {
  limits: ProviderLimits;
  level: AccountLevel;
  turns: Turns;
  mine: readonly ProjectDemand[];
  others: readonly ProjectDemand[];
}): SharedOut {
  const { limits } = asked;
  const left = { ...asked.level };
  const level = { ...asked.level };
  const order = { ...asked.turns };
  const turns = { ...asked.turns };
  const granted: Record<string, number> = {};
  const queues = [...queuesOf(asked.mine, true), ...queuesOf(asked.others, false)];
  let turn = Math.max(0, ...Object.values(order));
  let blockedBy: CallCost | undefined;
  for (;;) {
    const next = nextQueue(queues, order);
    const call = next?.calls[0];
    if (next === undefined || call === undefined) break;
    if (!fits(limits, left, call)) {
      blockedBy = call;
      break;
    }
    next.calls.shift();
    spend(left, call);
    order[next.project] = ++turn;
    if (!next.isMine) continue;
    spend(level, call);
    turns[next.project] = turn;
    granted[next.project] = (granted[next.project] ?? 0) + 1;
  }
  if (blockedBy === undefined) {
    for (const { project, ahead = 0 } of asked.mine) {
      for (let count = 0; count < ahead && fits(limits, left, ONE_REQUEST); count += 1) {
        spend(left, ONE_REQUEST);
        spend(level, ONE_REQUEST);
        granted[project] = (granted[project] ?? 0) + 1;
      }
    }
  }
  const isServed = queues.every(({ isMine, calls }) => !isMine || calls.length === 0);
  const afterMilliseconds = isServed ? null : waitFor(limits, left, blockedBy);
  return { granted, level, turns, afterMilliseconds };
}

interface Queue extends ProjectDemand {
  isMine: boolean;
}

const queuesOf = (demands: readonly ProjectDemand[], isMine: boolean): Queue[] =>
  demands.map(({ project, calls }) => ({ project, calls: [...calls], isMine }));

/** Of two that are as long unserved, the one that is first in the alphabet: every worker sees the same order. */
function nextQueue(queues: readonly Queue[], order: Turns): Queue | undefined {
  let next: Queue | undefined;
  for (const queue of queues) {
    if (queue.calls.length > 0 && (next === undefined || comesBefore(queue, next, order))) next = queue;
  }
  return next;
}

function comesBefore(one: Queue, other: Queue, order: Turns): boolean {
  const difference = (order[one.project] ?? 0) - (order[other.project] ?? 0);
  return difference < 0 || (difference === 0 && one.project < other.project);
}

function fits(limits: ProviderLimits, left: AccountLevel, call: CallCost): boolean {
  const { requestsPerMinute, tokensPerMinute, concurrentRequests } = limits;
  return (
    holds(requestsPerMinute, left.requests, call.requests) &&
    holds(tokensPerMinute, left.tokens, call.tokens) &&
    (concurrentRequests === undefined || left.underWay < concurrentRequests)
  );
}

/** A call that takes more than a full bucket has is begun when the bucket is full, and owes the rest. */
const holds = (perMinute: number | undefined, level: number, wanted: number): boolean =>
  perMinute === undefined || level >= Math.min(wanted, burstOf(perMinute));

function spend(level: AccountLevel, call: CallCost): void {
  level.requests -= call.requests;
  level.tokens -= call.tokens;
  level.underWay += 1;
}

function waitFor(limits: ProviderLimits, left: AccountLevel, blockedBy: CallCost | undefined): number {
  if (blockedBy === undefined) return NOT_MY_TURN_MILLISECONDS;
  const { requestsPerMinute, tokensPerMinute, concurrentRequests } = limits;
  const hasPlace = concurrentRequests === undefined || left.underWay < concurrentRequests;
  const longest = Math.max(
    untilHolds(requestsPerMinute, left.requests, blockedBy.requests),
    untilHolds(tokensPerMinute, left.tokens, blockedBy.tokens),
    hasPlace ? 0 : NO_PLACE_MILLISECONDS,
  );
  return Math.min(LONGEST_MILLISECONDS, Math.max(10, Math.ceil(longest)));
}

function untilHolds(perMinute: number | undefined, level: number, wanted: number): number {
  if (perMinute === undefined) return 0;
  const missing = Math.min(wanted, burstOf(perMinute)) - level;
  return missing <= 0 ? 0 : (missing / refillPerSecond(perMinute)) * 1_000;
}
