import { z } from 'zod';
import type { Digest } from '../domain/kernel/digest.js';
import { GATE_VERDICTS } from '../domain/kernel/states.js';
import type { ApiClient } from './api-client.js';

/** The part of a gate's result that people read. */
const gateLineSchema = z.object({
  gate: z.object({ task: z.string(), metric: z.string(), kind: z.string() }),
  verdict: z.enum(GATE_VERDICTS),
  statistic: z.number().nullable(),
  interval: z.tuple([z.number(), z.number()]).nullable(),
  limit: z.number(),
  n: z.number(),
  reason: z.string(),
});
export type GateLine = z.infer<typeof gateLineSchema>;

export const gateLinesSchema = z.array(gateLineSchema);
const bodySchema = z.object({ gates: gateLinesSchema });

/** The gate verdicts that a request binds, from their evidence. */
export async function readGates(api: ApiClient, id: Digest): Promise<GateLine[]> {
  const { evidence } = await api.evidence(id);
  return bodySchema.parse(evidence.body).gates;
}

/** Verdict, what was judged, the statistic with its interval, and why, as cells of a line. */
export function gateCells({ gate, verdict, statistic, interval, limit, n, reason }: GateLine): string[] {
  const measured = statistic === null ? 'not measured' : `${withInterval(statistic, interval)}, limit ${limit}, n ${n}`;
  return [verdict, gate.task, gate.metric, gate.kind, measured, reason];
}

/** `0.981 [0.969, 0.990]` */
export const withInterval = (value: number, interval: readonly [number, number] | null | undefined): string =>
  interval ? `${value.toFixed(3)} [${interval[0].toFixed(3)}, ${interval[1].toFixed(3)}]` : value.toFixed(3);
