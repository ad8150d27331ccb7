/** When drift may start a run, from the lifecycle file. */
export interface DriftPolicy {
  windows: number;
  coolDownMilliseconds: number;
  minimumLabels: number;
}

export interface RetrainSituation {
  driftedWindows: number;
  newLabels: number;
  isRunning: boolean;
  /** Milliseconds since the epoch; null: no trigger has started a run yet. */
  lastRetrainAt: number | null;
  now: number;
}

export type RetrainDecision =
  | { action: 'start'; reason: string }
  /** Look again after this time; null: when a run ends or another trigger comes. */
  | { action: 'wait'; reason: string; afterMilliseconds: number | null };

/** Hysteresis, labels, one run at a time, cool-down: in this order, so that the reason given is the first that holds. */
export function decideRetrain(policy: DriftPolicy, situation: RetrainSituation): RetrainDecision {
  const { driftedWindows, newLabels, isRunning, lastRetrainAt, now } = situation;
  if (driftedWindows < policy.windows)
    return {
      action: 'wait',
      reason: `${driftedWindows} of ${policy.windows} windows in a row show drift`,
      afterMilliseconds: null,
    };
  if (newLabels < policy.minimumLabels)
    return {
      action: 'wait',
      reason: `${newLabels} of ${policy.minimumLabels} new labels are there`,
      afterMilliseconds: null,
    };
  if (isRunning) return { action: 'wait', reason: 'a run of this lifecycle has not ended', afterMilliseconds: null };
  const coolDownLeft = lastRetrainAt === null ? 0 : lastRetrainAt + policy.coolDownMilliseconds - now;
  if (coolDownLeft > 0)
    return { action: 'wait', reason: 'the cool-down has not ended', afterMilliseconds: coolDownLeft };
  return { action: 'start', reason: `drift in ${driftedWindows} windows and ${newLabels} new labels` };
}
