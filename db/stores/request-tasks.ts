import { and, eq, inArray, sql } from 'drizzle-orm';
import type { RequestState } from '../../domain/kernel/states.js';
import type { ApprovalRequest } from '../../domain/ports/approval-store.js';
import { endOfRequestTask, excludedFrom, tasksOfRequest, waiverTaskId } from '../../domain/tasks/request-tasks.js';
import { WORKER_ACTOR } from '../audit/actions.js';
import { recordEvent } from '../audit/record-event.js';
import type { Transaction } from '../pool.js';
import { task } from '../schema/task.js';

/** Puts a request before those whom its policy asks, in the transaction that opens it. */
export async function openRequestTasks(tx: Transaction, request: ApprovalRequest): Promise<void> {
  const { id: subject, project, runId } = request;
  const common = { project, subject, runId, candidatePeople: [], excludedPeople: excludedFrom(request) };
  const rows = tasksOfRequest(request).map(({ roles, ...asked }) => ({
    ...asked,
    ...common,
    candidateRoles: roles,
    // Microseconds count: the task is due when the request is.
    dueAt: sql`(select expires_at from approval_request where id = ${subject})`,
    openedBy: WORKER_ACTOR,
  }));
  await tx.insert(task).values(rows);
  for (const { id, kind } of rows) {
    const event = { project, actor: WORKER_ACTOR, action: 'task.opened', subject: id } as const;
    await recordEvent(tx, { ...event, details: { kind, subject } });
  }
}

/** Ends what still waits of a request's tasks when the request ends. */
export async function closeRequestTasks(
  tx: Transaction,
  requestId: string,
  state: Exclude<RequestState, 'open'>,
): Promise<void> {
  const isOfRequest = and(eq(task.subject, requestId), inArray(task.kind, ['approval', 'waiver']));
  await closeTasks(tx, isOfRequest, { state: endOfRequestTask(state), actor: WORKER_ACTOR });
}

/** Ends the task to waive an answer when somebody has waived it. */
export const closeWaiverTask = (
  tx: Transaction,
  { requestId, question, actor }: { requestId: string; question: string; actor: string },
): Promise<void> => closeTasks(tx, eq(task.id, waiverTaskId(requestId, question)), { state: 'answered', actor });

async function closeTasks(
  tx: Transaction,
  which: ReturnType<typeof and>,
  { state, actor }: { state: 'answered' | 'expired' | 'cancelled'; actor: string },
): Promise<void> {
  const closed = await tx
    .update(task)
    .set({ state })
    .where(and(which, eq(task.state, 'open')))
    .returning({ id: task.id, project: task.project, kind: task.kind });
  for (const { id, project, kind } of closed)
    await recordEvent(tx, { project, actor, action: 'task.closed', subject: id, details: { kind, state } });
}
