import { and, asc, eq, or, sql } from 'drizzle-orm';
import { LifecycleError } from '../../domain/kernel/errors.js';
import type { ApprovalRequest, ApprovalStore, RequestFile } from '../../domain/ports/approval-store.js';
import { WORKER_ACTOR } from '../audit/actions.js';
import { recordEvent } from '../audit/record-event.js';
import { refuseAttempt } from '../audit/refuse-attempt.js';
import { translated } from '../database-error.js';
import type { Database, Transaction } from '../pool.js';
import { approvalRequest } from '../schema/approval-request.js';
import { clock } from '../schema/columns.js';
import { decision, waiver } from '../schema/decision.js';
import { closeRequestTasks, openRequestTasks } from './request-tasks.js';

export const createApprovalStore = (db: Database): ApprovalStore =>
  translated<ApprovalStore>({
    open: (request) => db.transaction((tx) => openRequest(tx, request)),
    load: (requestId) =>
      // One snapshot: request, decisions and roles as they were together.
      db.transaction((tx) => loadRequest(tx, requestId), {
        isolationLevel: 'repeatable read',
        accessMode: 'read only',
      }),
    close: (requestId, state, reason) =>
      db.transaction(async (tx) => {
        const [closed] = await tx
          .update(approvalRequest)
          .set({ state, closedAt: clock, closedReason: reason })
          .where(and(eq(approvalRequest.id, requestId), eq(approvalRequest.state, 'open')))
          .returning();
        if (closed === undefined) return requireSameState(await findRequest(tx, requestId), state);
        const { project, runId, subjectDigest } = closed;
        const details = { runId, state, reason, subjectDigest };
        const event = { action: 'approval.closed', actor: WORKER_ACTOR, subject: requestId } as const;
        await recordEvent(tx, { ...event, project, details });
        await closeRequestTasks(tx, requestId, state);
      }),
    recordAttempt: (requestId, decisionId, reason) =>
      db.transaction((tx) => refuseAttempt(tx, { project: null, subject: requestId, named: decisionId, reason })),
  });

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

type RequestRow = typeof approvalRequest.$inferSelect;

function toRequest(row: RequestRow): ApprovalRequest {
  const { openedAt, expiresAt, closedAt: _closedAt, closedReason: _closedReason, ...request } = row;
  return { ...request, openedAt: openedAt.toISOString(), expiresAt: expiresAt.toISOString() };
}

async function findRequest(tx: Transaction, requestId: string): Promise<RequestRow> {
  const [row] = await tx.select().from(approvalRequest).where(eq(approvalRequest.id, requestId));
  if (row === undefined)
    throw new LifecycleError('NOT_FOUND', `There is no approval request ${requestId}.`, { request: requestId });
  return row;
}

function requireSameState(row: RequestRow, state: ApprovalRequest['state']): void {
  if (row.state === state) return;
  throw new LifecycleError('CONFLICT', `The request ${row.id} has already ended as ${row.state}, not ${state}.`);
}

async function loadRequest(tx: Transaction, requestId: string): Promise<RequestFile> {
  const row = await findRequest(tx, requestId);
  // Qualified by hand: a bare column would be the grant's own inside the subquery.
  const holdsRole = (table: 'decision' | 'waiver') => {
    const signed = sql.identifier(table);
    return sql<boolean>`exists (select 1 from role_grant g where g.principal = ${signed}.principal
      and g.role = ${signed}.role and g.project = ${row.project} and g.revoked_at is null)`;
  };
  const { number: decisionNumber, id, principal, stage, role, verdict, envelope } = decision;
  const decisions = await tx
    .select({
      id,
      requestId: decision.requestId,
      principal,
      stage,
      role,
      verdict,
      envelope,
      holdsRole: holdsRole('decision'),
    })
    .from(decision)
    .where(eq(decision.requestId, requestId))
    .orderBy(asc(decisionNumber));
  const waivers = await tx
    .select({
      id: waiver.id,
      requestId: waiver.requestId,
      question: waiver.question,
      principal: waiver.principal,
      role: waiver.role,
      until: waiver.until,
      envelope: waiver.envelope,
      holdsRole: holdsRole('waiver'),
    })
    .from(waiver)
    .where(eq(waiver.requestId, requestId))
    .orderBy(asc(waiver.number));
  const { rows: clocks } = await tx.execute<{ now: Date }>(sql`select clock_timestamp() as now`);
  return {
    request: toRequest(row),
    decisions,
    waivers: waivers.map((one) => ({ ...one, until: one.until.toISOString() })),
    now: new Date(clocks[0]?.now ?? row.openedAt).toISOString(),
  };
}
