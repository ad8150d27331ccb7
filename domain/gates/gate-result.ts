import type { Digest } from '../kernel/digest.js';
import type { GateVerdict } from '../kernel/states.js';
import type { GateSpec } from '../lifecycle-file/plan.js';
import type { ScoredItem } from '../metrics/scored-item.js';

/** A version and its scored answers to the gate's task; null when it was not scored on these items. */
export interface ScoredVersion {
  weights: Digest;
  items: readonly ScoredItem[] | null;
}

/** What a gate is judged on. */
export interface GateInput {
  candidate: ScoredVersion;
  /** Null when there is no version at all yet: a first release. */
  champion: ScoredVersion | null;
  seed: number | string;
  resamples?: number;
}

/** A gate's answer; all of it is a function of the gate and its input. */
export interface GateResult {
  gate: GateSpec;
  verdict: GateVerdict;
  /** The metric, or its difference candidate minus champion; null where nothing was measured. */
  statistic: number | null;
  /** Both one-sided bounds, each at the gate's confidence. */
  interval: [number, number] | null;
  /** What the statistic is held against: the limit, or minus the margin. */
  limit: number;
  n: number;
  reason: string;
  /**
   * Items that would decide it four times out of five: for `at-least` if the value is the true one, against a champion
   * if both models are equally good. Null where no number of items would, or nothing was measured.
   */
  neededItems: number | null;
}

/**
 * Whether the run may go on: every gate passed, or does not apply because this is a first release that the gate allows.
 * No results at all is a no.
 */
export const mayGoOn = (results: readonly GateResult[]): boolean => results.length > 0 && results.every(isInFavour);

function isInFavour({ gate, verdict }: GateResult): boolean {
  if (verdict === 'pass') return true;
  return verdict === 'not-applicable' && gate.kind === 'no-worse-than-champion' && gate.firstRelease === 'allow';
}
