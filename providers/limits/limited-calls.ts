import { isLifecycleError } from '../../domain/kernel/errors.js';
import type { Stage } from '../../domain/kernel/states.js';
import type { CallCost } from '../../domain/limits/provider-limits.js';
import type { AccountLimiter, EndCall } from './account-limiter.js';

/** Whose work a call is: what it is counted for, and where a wait is told. */
export interface OnBehalf {
  runId: string;
  project: string;
}

/** Says what a run waits for. @returns what takes it back */
export type SayWaiting = (onBehalf: OnBehalf, stage: Stage, words: () => string) => () => void;

export interface LimitedProvider {
  /** As lifecycle files name it. */
  provider: string;
  limiter: AccountLimiter;
  /** Undefined where a call is no run's. */
  onBehalf: () => Promise<OnBehalf | undefined>;
  say: SayWaiting;
}

interface LimitedCall<T> {
  stage: Stage;
  cost: CallCost;
  signal: AbortSignal | undefined;
  /** Whether it may be made again: what it is given is not used up by an attempt. */
  isRepeatable: boolean;
  make: () => Promise<T>;
  /** What it did cost, where that is known afterwards. */
  actual?: (result: T) => { tokens: number };
}

const LONGEST_HOLD_MILLISECONDS = 3_600_000;
const SHORTEST_HOLD_MILLISECONDS = 1_000;

/**
 * Makes a call once the account lets it begin. A 429 that says how long to wait holds the whole account back for
 * everybody, and the call is made again after it: waiting is not failing.
 */
export async function limited<T>(at: LimitedProvider, call: LimitedCall<T>): Promise<T> {
  for (;;) {
    const end = await begin(at, call);
    try {
      const result = await call.make();
      end(call.actual?.(result));
      return result;
    } catch (error) {
      end();
      const milliseconds = askedToWait(error);
      if (milliseconds === undefined) throw error;
      await at.limiter.hold(milliseconds).catch(() => undefined);
      if (!call.isRepeatable) throw error;
    }
  }
}

async function begin(
  { provider, limiter, onBehalf, say }: LimitedProvider,
  { stage, cost, signal }: { stage: Stage; cost: CallCost; signal: AbortSignal | undefined },
): Promise<EndCall> {
  const whose = await onBehalf();
  const takeBack = whose && say(whose, stage, () => waitingWords(provider, limiter.heldUntil()));
  try {
    return await limiter.begin({ project: whose?.project ?? '', cost, signal });
  } finally {
    takeBack?.();
  }
}

function waitingWords(provider: string, heldUntil: number): string {
  const words = `waiting for the limit of provider ${provider}`;
  if (heldUntil <= Date.now()) return words;
  return `${words}: it asked to wait until ${new Date(heldUntil).toISOString().slice(11, 19)} UTC`;
}

/** Milliseconds that a provider asks to wait; at most an hour is believed at a time. */
function askedToWait(error: unknown): number | undefined {
  if (!isLifecycleError(error, 'PROVIDER') || error.details['status'] !== 429) return undefined;
  const asked = error.details['retryAfterMilliseconds'];
  if (typeof asked !== 'number') return undefined;
  return Math.min(LONGEST_HOLD_MILLISECONDS, Math.max(SHORTEST_HOLD_MILLISECONDS, asked));
}
