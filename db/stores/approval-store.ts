import { and, eq, or, sql } from 'drizzle-orm';
import { LifecycleError } from '../../domain/kernel/errors.js';
import type { RequestState } from '../../domain/kernel/states.js';
import type { ApprovalRequest, ApprovalStore } from '../../domain/ports/approval-store.js';
import { WORKER_ACTOR } from '../audit/actions.js';
import { recordEvent, type NewEvent } from '../audit/record-event.js';
import { refuseAttempt } from '../audit/refuse-attempt.js';
import { translated } from '../database-error.js';
import type { Database, Transaction } from '../pool.js';
import { approvalRequest } from '../schema/approval-request.js';
import { clock } from '../schema/columns.js';
import { findRequest, loadRequest, toRequest, type RequestRow } from './load-request.js';
import { closeRequestTasks, openRequestTasks } from './request-tasks.js';

export const createApprovalStore = (db: Database): ApprovalStore =>
  translated<ApprovalStore>({
    open: (request) => db.transaction((tx) => openRequest(tx, request)),
    load: (requestId) => loadRequest(db, requestId),
    openFor: async (project, alias) => {
      const isAbout = sql`${approvalRequest.subject} -> 'target' ->> 'alias' = ${alias}`;
      const rows = await db
        .select({ id: approvalRequest.id })
        .from(approvalRequest)
        .where(and(eq(approvalRequest.project, project), eq(approvalRequest.state, 'open'), isAbout));
      return rows.map(({ id }) => id);
    },
    close: (requestId, state, reason) => db.transaction((tx) => closeRequest(tx, { requestId, state, reason })),
    recordStage: (requestId, { stage, missing }) =>
      db.transaction((tx) =>
        recordOfOpen(tx, requestId, {
          action: 'approval.stage-opened',
          details: { stage, missing },
          key: `${requestId}/${stage}`,
        }),
      ),
    recordReminder: (requestId, { percent, missing }) =>
      db.transaction((tx) =>
        recordOfOpen(tx, requestId, {
          action: 'approval.reminded',
          details: { percent, missing },
          key: `${requestId}/${percent}`,
        }),
      ),
    recordEscalation: (requestId, escalation) =>
      db.transaction((tx) => {
        const { stage, role, to } = escalation;
        const key = `${requestId}/${stage}/${role}/${to}`;
        return recordOfOpen(tx, requestId, { action: 'approval.escalated', details: escalation, key });
      }),
    recordAttempt: (requestId, decisionId, reason) =>
      db.transaction((tx) => refuseAttempt(tx, { project: null, subject: requestId, named: decisionId, reason })),
  });

interface Closing {
  requestId: string;
  state: Exclude<RequestState, 'open'>;
  reason: string;
}

/** What was approved may be voided before it is released: its content is no longer what people signed. */
async function closeRequest(tx: Transaction, { requestId, state, reason }: Closing): Promise<void> {
  const before = await findRequest(tx, requestId);
  const isVoiding = before.state === 'approved' && state === 'voided';
  const [closed] = await tx
    .update(approvalRequest)
    .set({ state, closedAt: clock, closedReason: reason })
    .where(and(eq(approvalRequest.id, requestId), eq(approvalRequest.state, isVoiding ? 'approved' : 'open')))
    .returning();
  if (closed === undefined) return requireSameState(await findRequest(tx, requestId), state);
  const { project, runId, subjectDigest } = closed;
  const action = isVoiding ? 'approval.voided' : 'approval.closed';
  const details = { runId, state, reason, subjectDigest };
  await recordEvent(tx, { action, actor: WORKER_ACTOR, subject: requestId, project, details });
  if (!isVoiding) await closeRequestTasks(tx, requestId, state);
}

/** Says something of a request while it is open; of one that has ended there is nothing left to say. */
async function recordOfOpen(
  tx: Transaction,
  requestId: string,
  event: Pick<NewEvent, 'action' | 'key'> & { details: object },
): Promise<void> {
  const { state, project, runId, expiresAt } = await findRequest(tx, requestId);
  if (state !== 'open') return;
  const details = { runId, expiresAt: expiresAt.toISOString(), ...event.details };
  await recordEvent(tx, { ...event, actor: WORKER_ACTOR, subject: requestId, project, details });
}

type NewRequest = Parameters<ApprovalStore['open']>[0];

async function openRequest(tx: Transaction, request: NewRequest): Promise<ApprovalRequest> {
  const { expiresAfterMilliseconds, ...columns } = request;
  const [opened] = await tx
    .insert(approvalRequest)
    .values({
      ...columns,
      expiresAt: sql`clock_timestamp() + make_interval(secs => ${expiresAfterMilliseconds / 1000})`,
    })
    .onConflictDoNothing()
    .returning();
  if (opened === undefined) return findSameRequest(tx, request);
  const { project, runId, subjectDigest, policyDigest } = opened;
  const event = { action: 'approval.opened', actor: WORKER_ACTOR, subject: opened.id } as const;
  await recordEvent(tx, { ...event, project, details: { runId, subjectDigest, policyDigest } });
  await openRequestTasks(tx, toRequest(opened));
  return toRequest(opened);
}

async function findSameRequest(tx: Transaction, request: NewRequest): Promise<ApprovalRequest> {
  const isOpenForRun = and(eq(approvalRequest.runId, request.runId), eq(approvalRequest.state, 'open'));
  const [known] = await tx
    .select()
    .from(approvalRequest)
    .where(or(eq(approvalRequest.id, request.id), isOpenForRun));
  if (known?.subjectDigest === request.subjectDigest && known.runId === request.runId) return toRequest(known);
  throw new LifecycleError(
    'CONFLICT',
    `Run ${request.runId} already has the request ${known?.id} about something else. Void it before another is opened.`,
    { request: known?.id ?? null },
  );
}

function requireSameState(row: RequestRow, state: ApprovalRequest['state']): void {
  if (row.state === state) return;
  throw new LifecycleError('CONFLICT', `The request ${row.id} has already ended as ${row.state}, not ${state}.`);
}
