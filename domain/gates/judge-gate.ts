import type { GateSpec } from '../lifecycle-file/plan.js';
import { METRICS } from '../metrics/metrics.js';
import { judgeAtLeast } from './at-least-gate.js';
import { undecided } from './bounded-verdict.js';
import { judgeAgainstChampion } from './champion-gate.js';
import type { GateInput, GateResult } from './gate-result.js';

/**
 * Judges one gate, one-sided at its confidence. What cannot be measured is `inconclusive`, never an error and never a
 * pass; `not-applicable` is only a champion gate on a first release that it allows.
 */
export function judgeGate(gate: GateSpec, input: GateInput): GateResult {
  const limit = gate.kind === 'at-least' ? gate.limit : -gate.margin;
  const unusable = whyUnusable(gate, limit);
  if (unusable !== null) return { gate, limit, ...undecided(unusable) };
  const judged = gate.kind === 'at-least' ? judgeAtLeast(gate, input) : judgeAgainstChampion(gate, input);
  return { gate, limit, ...judged };
}

function whyUnusable(gate: GateSpec, limit: number): string | null {
  if (!Object.hasOwn(METRICS, gate.metric)) return `No metric '${gate.metric}' was measured.`;
  if (!Number.isFinite(limit)) return 'The limit is not a number.';
  if (gate.kind === 'no-worse-than-champion' && gate.margin < 0) return 'The margin is below 0.';
  if (!(gate.confidence > 0.5 && gate.confidence < 1)) return `Confidence ${gate.confidence} is not between 0.5 and 1.`;
  return null;
}
