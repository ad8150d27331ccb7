import { GRANT_MILLISECONDS, type CallCost, type ProviderLimits } from '../../domain/limits/provider-limits.js';
import type { ProjectDemand } from '../../domain/limits/share-out.js';
import type { AccountLimits, CallGrant } from '../../domain/ports/account-limits.js';

/** Said when a call has ended: its place comes free, and what it cost more or less than was said is settled. */
export type EndCall = (actual?: { tokens: number }) => void;

export interface AccountLimiter {
  /** Waits until the account lets the call begin. @throws the signal's reason when it is aborted meanwhile */
  begin(call: { project: string; cost: CallCost; signal: AbortSignal | undefined }): Promise<EndCall>;
  /** Charges what is begun without waiting; others wait for it. */
  charge(cost: CallCost): void;
  /** The provider asked everybody to wait. */
  hold(milliseconds: number): Promise<void>;
  /** Until when it asked to, by this machine's clock (milliseconds since the epoch); 0: it did not. */
  heldUntil(): number;
}

interface Waiting {
  project: string;
  cost: CallCost;
  begin: (end: EndCall) => void;
}

/** Of one project in one round; the rest follows in the next. */
const MOST_CALLS = 32;
const MOST_AHEAD = 16;
const RENEW_MILLISECONDS = 5_000;
const SETTLE_MILLISECONDS = 200;
const AFTER_AN_ERROR_MILLISECONDS = 1_000;

/**
 * This worker's part of an account that all workers share. Calls that come while the database is asked are asked for
 * together in the next round, and where only requests are counted, some are taken ahead: of many calls few are a round
 * trip. An account without limits is asked for once a second, for the sake of a provider that said to wait.
 */
export function createAccountLimiter(options: {
  account: string;
  limits: ProviderLimits;
  shared: Pick<AccountLimits, 'takeCalls' | 'holdBack'>;
  worker: string;
}): AccountLimiter {
  const { account, limits, shared, worker } = options;
  const { requestsPerMinute, tokensPerMinute, concurrentRequests } = limits;
  const isUnlimited =
    requestsPerMinute === undefined && tokensPerMinute === undefined && concurrentRequests === undefined;
  const mayTakeAhead = tokensPerMinute === undefined && concurrentRequests === undefined;
  const queue = new Set<Waiting>();
  const spare = new Map<string, { calls: number; until: number }>();
  const begunSince = new Map<string, number>();
  let underWay = 0;
  let givenBack: CallCost = { requests: 0, tokens: 0 };
  let freeUntil = 0;
  let heldUntil = 0;
  let timer: NodeJS.Timeout | undefined;
  let isAsking = false;
  let isWokenMeanwhile = false;

  function wake(milliseconds: number): void {
    if (isAsking) return void (isWokenMeanwhile = true);
    clearTimeout(timer);
    timer = setTimeout(() => void round(), milliseconds).unref();
  }

  function began({ project, cost }: Omit<Waiting, 'begin'>): EndCall {
    underWay += 1;
    begunSince.set(project, (begunSince.get(project) ?? 0) + 1);
    return (actual) => {
      underWay -= 1;
      if (actual !== undefined && tokensPerMinute !== undefined) givenBack.tokens += cost.tokens - actual.tokens;
      if (!isUnlimited && !mayTakeAhead) wake(queue.size > 0 ? 0 : SETTLE_MILLISECONDS);
    };
  }

  /** A call that needs no round: one that was taken ahead, or any where nothing is limited. */
  function beginNow(call: Omit<Waiting, 'begin'>): EndCall | undefined {
    const now = performance.now();
    if (isUnlimited && now < freeUntil) return began(call);
    const ahead = spare.get(call.project);
    if (ahead === undefined || ahead.calls < call.cost.requests || now >= ahead.until) return undefined;
    ahead.calls -= call.cost.requests;
    return began(call);
  }

  /** What was taken ahead and not begun in its time. */
  function giveBackSpare(): void {
    for (const [project, { calls, until }] of spare) {
      if (performance.now() < until) continue;
      givenBack.requests += calls;
      spare.delete(project);
    }
  }

  async function round(): Promise<void> {
    isAsking = true;
    isWokenMeanwhile = false;
    giveBackSpare();
    const back = givenBack;
    givenBack = { requests: 0, tokens: 0 };
    const asked = firstCalls(queue);
    const demands = [...asked].map(([project, calls]) => demandOf(project, calls));
    begunSince.clear();
    const askedAt = performance.now();
    let rest = AFTER_AN_ERROR_MILLISECONDS;
    try {
      const answer = await shared.takeCalls({ account, limits, worker, underWay, givenBack: back, demands });
      rest = apply(answer, asked, askedAt);
    } catch {
      // Postgres is away. Who is limited waits; who is not is not made to.
      givenBack = { requests: givenBack.requests + back.requests, tokens: givenBack.tokens + back.tokens };
      if (isUnlimited) letPass(askedAt);
    }
    isAsking = false;
    if (isWokenMeanwhile) wake(queue.size > 0 ? Math.min(rest, SETTLE_MILLISECONDS) : SETTLE_MILLISECONDS);
    else if (queue.size > 0) wake(rest);
    else if (underWay > 0 && concurrentRequests !== undefined) wake(RENEW_MILLISECONDS);
  }

  const demandOf = (project: string, calls: Waiting[]): ProjectDemand => ({
    project,
    calls: calls.map(({ cost }) => cost),
    ...(mayTakeAhead && { ahead: Math.min(MOST_AHEAD, begunSince.get(project) ?? 0) }),
  });

  /** @returns milliseconds until the next round, where calls still wait */
  function apply(answer: CallGrant, asked: Map<string, Waiting[]>, askedAt: number): number {
    heldUntil = answer.heldMilliseconds > 0 ? Date.now() + answer.heldMilliseconds : 0;
    if (isUnlimited && answer.heldMilliseconds === 0) letPass(askedAt);
    if (isUnlimited) return Math.min(AFTER_AN_ERROR_MILLISECONDS, answer.afterMilliseconds ?? 0);
    const isLate = performance.now() - askedAt > GRANT_MILLISECONDS;
    for (const [project, calls] of asked) {
      let count = answer.granted[project] ?? 0;
      for (const call of calls) {
        if (count === 0) break;
        count -= 1;
        if (isLate || !queue.delete(call)) giveBack(call.cost);
        else call.begin(began(call));
      }
      if (count > 0) keepSpare(project, { calls: count, until: askedAt + GRANT_MILLISECONDS });
    }
    return Math.min(AFTER_AN_ERROR_MILLISECONDS, answer.afterMilliseconds ?? 0);
  }

  function keepSpare(project: string, taken: { calls: number; until: number }): void {
    givenBack.requests += spare.get(project)?.calls ?? 0;
    spare.set(project, taken);
  }

  function letPass(askedAt: number): void {
    freeUntil = askedAt + GRANT_MILLISECONDS;
    for (const call of queue) {
      queue.delete(call);
      call.begin(began(call));
    }
  }

  function giveBack({ requests, tokens }: CallCost): void {
    givenBack.requests += requests;
    givenBack.tokens += tokens;
  }

  return {
    async begin({ signal, ...call }) {
      signal?.throwIfAborted();
      const now = beginNow(call);
      if (now !== undefined) return now;
      return new Promise<EndCall>((resolve, reject) => {
        const leave = (): void => {
          if (queue.delete(waiting)) reject(signal?.reason as Error);
        };
        const waiting: Waiting = {
          ...call,
          begin(end) {
            signal?.removeEventListener('abort', leave);
            resolve(end);
          },
        };
        signal?.addEventListener('abort', leave, { once: true });
        queue.add(waiting);
        if (queue.size === 1) wake(0);
      });
    },
    charge({ requests, tokens }) {
      giveBack({ requests: -requests, tokens: -tokens });
      if (!isUnlimited) wake(SETTLE_MILLISECONDS);
    },
    async hold(milliseconds) {
      heldUntil = Math.max(heldUntil, Date.now() + milliseconds);
      freeUntil = 0;
      spare.clear();
      await shared.holdBack(account, milliseconds);
    },
    heldUntil: () => heldUntil,
  };
}

/** The first calls that wait, by project. */
function firstCalls(queue: Iterable<Waiting>): Map<string, Waiting[]> {
  const asked = new Map<string, Waiting[]>();
  for (const call of queue) {
    const calls = asked.get(call.project) ?? [];
    if (calls.length < MOST_CALLS) calls.push(call);
    asked.set(call.project, calls);
  }
  return asked;
}
