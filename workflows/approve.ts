import {
  allHandlersFinished,
  CancellationScope,
  condition,
  continueAsNew,
  isCancellation,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';
import type { RequestState } from '../domain/kernel/states.js';
import { bookkeeping } from './activity-proxies.js';
import { approvalStateQuery, signOffSignal, type ApprovalState } from './messages.js';

export interface ApproveInput {
  requestId: string;
  expiresAfterMilliseconds: number;
  /** Set when the workflow continues as new: messages not looked at yet, and the deadline as it was. */
  carried?: { inbox: string[]; deadline: number };
}

/**
 * Waits for people. A message only says which row to look at: an activity verifies the signature, the roles and the
 * bound content before anything counts. No decision before the deadline means no.
 */
export async function approveWorkflow(input: ApproveInput): Promise<Exclude<RequestState, 'open'>> {
  const { requestId } = input;
  const inbox = [...(input.carried?.inbox ?? [])];
  const deadline = input.carried?.deadline ?? Date.now() + input.expiresAfterMilliseconds;
  const view: ApprovalState = { requestId, state: 'open', missing: [], unwaived: [] };
  setHandler(signOffSignal, ({ decisionId }) => void inbox.push(decisionId));
  setHandler(approvalStateQuery, () => view);

  try {
    // The first look needs no message: people may have decided before this workflow could be told.
    for (let first = true; first || (await hasMail(inbox, deadline)); first = false) {
      const decisionId = inbox.shift() ?? null;
      const judged = await bookkeeping.considerDecision({ requestId, decisionId });
      Object.assign(view, { missing: judged.missing, unwaived: judged.unwaived });
      if (judged.outcome !== 'pending') return await end(judged.outcome, judged.reason);
      if (workflowInfo().continueAsNewSuggested && allHandlersFinished()) {
        await continueAsNew<typeof approveWorkflow>({ ...input, carried: { inbox, deadline } });
      }
    }
    return await end('expired', 'nobody decided before the deadline');
  } catch (error) {
    if (isCancellation(error)) await CancellationScope.nonCancellable(() => end('voided', 'the run was cancelled'));
    throw error;
  }

  async function end<S extends Exclude<RequestState, 'open'>>(state: S, reason: string): Promise<S> {
    await bookkeeping.closeApproval({ requestId, state, reason });
    view.state = state;
    return state;
  }
}

/** True when a message is there; false when the deadline has passed. */
async function hasMail(inbox: string[], deadline: number): Promise<boolean> {
  const left = deadline - Date.now();
  if (inbox.length > 0) return true;
  return left > 0 && (await condition(() => inbox.length > 0, left));
}
