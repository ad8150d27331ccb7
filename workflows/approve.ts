import {
  allHandlersFinished,
  CancellationScope,
  condition,
  continueAsNew,
  isCancellation,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';
import type { ApprovalMark } from '../domain/kernel/approval-marks.js';
import type { RequestState } from '../domain/kernel/states.js';
import { bookkeeping } from './activity-proxies.js';
import { approvalStateQuery, idIn, lookAgainSignal, signOffSignal, type ApprovalState } from './messages.js';
import { hearStrays } from './stray-messages.js';

type Ended = Exclude<RequestState, 'open'>;

export interface ApproveInput {
  requestId: string;
  expiresAfterMilliseconds: number;
  /** When to remind people and to ask others, after the opening; in their order. */
  marks?: ApprovalMark[];
  /** Set when the workflow continues as new: messages not looked at yet, and the times as they were. */
  carried?: { inbox: (string | null)[]; openedAt: number };
}

/**
 * Waits for people. A message only says which row to look at: an activity verifies the signature, the roles and the
 * bound content before anything counts. No decision before the deadline means no. It ends as voided where what it asks
 * about has changed: then people are asked again, about what there is now.
 */
export async function approveWorkflow(input: ApproveInput): Promise<Ended> {
  const { requestId } = input;
  const inbox = [...(input.carried?.inbox ?? [])];
  const openedAt = input.carried?.openedAt ?? Date.now();
  const deadline = openedAt + input.expiresAfterMilliseconds;
  const marks = [...(input.marks ?? [])];
  const view: ApprovalState = { requestId, state: 'open', missing: [], unwaived: [] };
  setHandler(signOffSignal, (message) => void inbox.push(idIn(message, 'decisionId')));
  setHandler(lookAgainSignal, () => void (inbox.includes(null) || inbox.push(null)));
  setHandler(approvalStateQuery, () => view);
  hearStrays((named) => void inbox.push(named));

  try {
    // The first look needs no message: people may have decided before this workflow could be told. Nor does the last
    // one: who signed in time counts, even where the word of it comes late.
    for (let isFirst = true; ; isFirst = false) {
      const isLast = !isFirst && !(await hasMail());
      const judged = await bookkeeping.considerDecision({ requestId, decisionId: inbox.shift() ?? null });
      Object.assign(view, { missing: judged.missing, unwaived: judged.unwaived });
      if (judged.outcome !== 'pending') return await end(judged.outcome, judged.reason);
      if (isLast) return await end('expired', 'nobody decided before the deadline');
      if (workflowInfo().continueAsNewSuggested && allHandlersFinished()) {
        await continueAsNew<typeof approveWorkflow>({ ...input, marks, carried: { inbox, openedAt } });
      }
    }
  } catch (error) {
    if (isCancellation(error)) await end('voided', 'the run was cancelled');
    throw error;
  }

  /** True when a message is there; false when the deadline has passed. What is due meanwhile is said meanwhile. */
  async function hasMail(): Promise<boolean> {
    for (;;) {
      if (inbox.length > 0) return true;
      const [mark] = marks;
      const until = mark === undefined ? deadline : Math.min(deadline, openedAt + mark.afterMilliseconds);
      const left = until - Date.now();
      if (left > 0 && (await condition(() => inbox.length > 0, left))) return true;
      if (mark === undefined || until === deadline) return false;
      marks.shift();
      await bookkeeping.markApproval({ requestId, mark });
    }
  }

  /** Not cancellable: a request ends once, and whoever cancels while it does cannot end it in another way. */
  async function end<S extends Ended>(state: S, reason: string): Promise<S> {
    await CancellationScope.nonCancellable(() => bookkeeping.closeApproval({ requestId, state, reason }));
    view.state = state;
    return state;
  }
}
