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
import { approvalStateQuery, idIn, signOffSignal, type ApprovalState } from './messages.js';

type Ended = Exclude<RequestState, 'open'>;

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
export async function approveWorkflow(input: ApproveInput): Promise<Ended> {
  const { requestId } = input;
  const inbox = [...(input.carried?.inbox ?? [])];
  const deadline = input.carried?.deadline ?? Date.now() + input.expiresAfterMilliseconds;
  const view: ApprovalState = { requestId, state: 'open', missing: [], unwaived: [] };
  setHandler(signOffSignal, (message) => void inbox.push(idIn(message, 'decisionId')));
  setHandler(approvalStateQuery, () => view);

  try {
    // The first look needs no message: people may have decided before this workflow could be told. Nor does the last
    // one: who signed in time counts, even where the word of it comes late.
    for (let isFirst = true; ; isFirst = false) {
      const isLast = !isFirst && !(await hasMail(inbox, deadline));
      const judged = await bookkeeping.considerDecision({ requestId, decisionId: inbox.shift() ?? null });
      Object.assign(view, { missing: judged.missing, unwaived: judged.unwaived });
      if (judged.outcome !== 'pending') return await end(judged.outcome, judged.reason);
      if (isLast) return await end('expired', 'nobody decided before the deadline');
      if (workflowInfo().continueAsNewSuggested && allHandlersFinished()) {
        await continueAsNew<typeof approveWorkflow>({ ...input, carried: { inbox, deadline } });
      }
    }
  } catch (error) {
    if (isCancellation(error)) await end('voided', 'the run was cancelled');
    throw error;
  }

  /** Not cancellable: a request ends once, and whoever cancels while it does cannot end it in another way. */
  async function end<S extends Ended>(state: S, reason: string): Promise<S> {
    await CancellationScope.nonCancellable(() => bookkeeping.closeApproval({ requestId, state, reason }));
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
