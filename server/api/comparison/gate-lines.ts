import type { Comparison, TaskComparison } from '../../../domain/api/comparison.js';
import type { GateResult } from '../../../domain/gates/gate-result.js';

/** The bound verdicts of the gates, each beside what its metric was measured as. */
export const gateLines = (gates: readonly GateResult[], tasks: readonly TaskComparison[]): Comparison['gates'] =>
  gates.map(({ gate, verdict, statistic, interval, limit, n, neededItems, reason }) => {
    const measured = tasks.find(({ id }) => id === gate.task)?.metrics.find(({ metric }) => metric === gate.metric);
    return {
      task: gate.task,
      metric: gate.metric,
      kind: gate.kind,
      verdict,
      statistic,
      interval,
      limit,
      confidence: gate.confidence,
      n,
      neededItems,
      reason,
      candidate: measured?.candidate.value ?? null,
      champion: measured?.champion?.value ?? null,
      difference: measured?.difference ?? null,
    };
  });
