import { z } from 'zod';
import type { GateResult } from '../../domain/gates/gate-result.js';
import { isLifecycleError } from '../../domain/kernel/errors.js';
import type { ApprovalRequest } from '../../domain/ports/approval-store.js';
import type { ApiStores } from './stores.js';

const bodySchema = z.object({ gates: z.array(z.custom<GateResult>()) });

/** The gate verdicts that a request binds, read by their digest. @throws LifecycleError NOT_FOUND; ARTIFACT where altered */
export async function gateVerdictsOf(
  evidence: ApiStores['evidence'],
  { subject }: ApprovalRequest,
): Promise<GateResult[]> {
  const { body } = await evidence.load(subject.gateVerdicts);
  return bodySchema.parse(body).gates;
}

/** For reading what is bound: undefined where it is missing or was altered; any other error goes on. */
export function undefinedWhereAltered(error: unknown): undefined {
  if (isLifecycleError(error, 'ARTIFACT') || isLifecycleError(error, 'NOT_FOUND')) return undefined;
  throw error;
}
