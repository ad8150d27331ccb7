const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** How long each of the eight repetitions waits: together three days. */
export const RETRY_DELAYS_MILLISECONDS: readonly number[] = [
  10 * SECOND,
  2 * MINUTE,
  15 * MINUTE,
  HOUR,
  4 * HOUR,
  12 * HOUR,
  24 * HOUR,
  31 * HOUR,
];

const LONGEST_WISH_MILLISECONDS = 24 * HOUR;
const JITTER = 0.1;

/**
 * How long to wait after so many failed attempts, spread by a tenth to either side, so that not all that failed together
 * comes back together; a receiver's Retry-After counts where it is longer, up to a day. Undefined: it has been tried
 * often enough.
 */
export function retryDelay(
  attempts: number,
  options: {
    delays: readonly number[];
    /** 0 (included) to 1 (excluded). */
    chance: number;
    retryAfterMilliseconds?: number | undefined;
  },
): number | undefined {
  const { delays, chance, retryAfterMilliseconds = 0 } = options;
  const delay = delays[attempts - 1];
  if (delay === undefined) return undefined;
  const spread = delay * (1 - JITTER + 2 * JITTER * chance);
  return Math.round(Math.max(spread, Math.min(retryAfterMilliseconds, LONGEST_WISH_MILLISECONDS)));
}
