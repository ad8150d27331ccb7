/** What a provider's account allows; what is left out is not limited. */
export interface ProviderLimits {
  /** In any minute. */
  requestsPerMinute?: number | undefined;
  /** In any minute: prompts and answers of chats. */
  tokensPerMinute?: number | undefined;
  /** Calls under way at once. */
  concurrentRequests?: number | undefined;
  /** Training jobs from their submission to their end. */
  concurrentJobs?: number | undefined;
}

/** What one call takes of an account. */
export interface CallCost {
  requests: number;
  tokens: number;
}

/** Calls that were granted are begun within this time, or given back. */
export const GRANT_MILLISECONDS = 1_000;

/** A minute, and the time for which a granted call may wait to be begun: so no minute sees more than it may. */
const WINDOW_SECONDS = 60 + GRANT_MILLISECONDS / 1_000;
const SECONDS_OF_BURST = 60;

/** What may be taken at once after a pause: a second's worth. */
export const burstOf = (perMinute: number): number => Math.max(1, Math.ceil(perMinute / SECONDS_OF_BURST));

/** What comes back in a second: full bucket and refill together stay within what a minute may see. */
export const refillPerSecond = (perMinute: number): number => (perMinute - burstOf(perMinute) + 1) / WINDOW_SECONDS;

/** The level of a bucket after some time; never above its burst. */
export const refilled = (perMinute: number, level: number, seconds: number): number =>
  Math.min(burstOf(perMinute), level + refillPerSecond(perMinute) * Math.max(0, seconds));
