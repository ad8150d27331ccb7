export interface GuessLimit {
  /** Seconds until this address may try an unproven credential again; undefined where it may now. */
  waitSeconds(address: string, credential: string): number | undefined;
  failed(address: string): void;
  succeeded(credential: string): void;
}

export interface GuessLimitOptions {
  clock: () => number;
  /** So many failures of one address in one window. */
  most?: number;
  windowMilliseconds?: number;
}

/** Addresses and credentials that are remembered; the oldest are forgotten first. */
const MOST_REMEMBERED = 10_000;

/**
 * Slows down whoever tries credentials: an address with too many failures waits for the end of its window, unseen by the
 * database. A credential that has worked is not stopped, so that nobody is locked out by a neighbour behind one proxy.
 * Each process counts for itself.
 */
export function createGuessLimit({ clock, most = 30, windowMilliseconds = 60_000 }: GuessLimitOptions): GuessLimit {
  const windows = new Map<string, { failures: number; until: number }>();
  const proven = new Map<string, true>();
  return {
    waitSeconds(address, credential) {
      const window = windows.get(address);
      if (window === undefined || window.failures < most || proven.has(credential)) return undefined;
      const left = window.until - clock();
      return left > 0 ? Math.ceil(left / 1000) : undefined;
    },
    failed(address) {
      const known = windows.get(address);
      if (known !== undefined && clock() < known.until) known.failures += 1;
      else remember(windows, address, { failures: 1, until: clock() + windowMilliseconds });
    },
    succeeded: (credential) => remember(proven, credential, true),
  };
}

function remember<T>(known: Map<string, T>, key: string, value: T): void {
  known.delete(key);
  known.set(key, value);
  if (known.size > MOST_REMEMBERED) known.delete(known.keys().next().value ?? key);
}
