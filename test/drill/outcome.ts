import type { Difference } from './facts.js';

/** What came of one row of the drill. */
export interface Outcome extends Difference {
  /** Faults that really happened; what was planned and did not happen is in `wrong`. */
  injected: number;
  recovered: number;
  /** From each fault until its work was done after all. */
  recoverySeconds: number[];
  /** Why the row could not be tried here. */
  skipped?: string;
}

/** Faults that hit one lifecycle stand or fall together. */
export function judged(
  faults: { planned: number; injected: number; recoverySeconds?: number[] },
  difference: Difference,
  flaws: readonly string[],
): Outcome {
  const { planned, injected, recoverySeconds = [] } = faults;
  const missed = injected < planned ? [`${planned - injected} of ${planned} faults did not happen`] : [];
  const wrong = [...difference.wrong, ...flaws];
  const isWhole = [...wrong, ...difference.lost, ...difference.doubled].length === 0;
  return { ...difference, wrong: [...wrong, ...missed], injected, recovered: isWhole ? injected : 0, recoverySeconds };
}

export const failedOutcome = (error: unknown): Outcome => ({
  injected: 0,
  recovered: 0,
  wrong: [error instanceof Error ? error.message : String(error)],
  lost: [],
  doubled: [],
  recoverySeconds: [],
});

export const skippedOutcome = (why: string): Outcome => ({
  injected: 0,
  recovered: 0,
  wrong: [],
  lost: [],
  doubled: [],
  recoverySeconds: [],
  skipped: why,
});
