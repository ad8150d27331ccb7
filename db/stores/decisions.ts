import { and, desc, eq, sql } from 'drizzle-orm';
import type { Envelope } from '../../domain/evidence/dsse.js';
import { LifecycleError } from '../../domain/kernel/errors.js';
import type { Digest } from '../../domain/kernel/digest.js';
import type { DecisionVerdict } from '../../domain/kernel/states.js';
import { recordEvent } from '../audit/record-event.js';
import { translated } from '../database-error.js';
import type { Database, Transaction } from '../pool.js';
import { approvalRequest } from '../schema/approval-request.js';
import { decision, waiver } from '../schema/decision.js';
import { closeWaiverTask } from './request-tasks.js';

export interface NewDecision {
  requestId: string;
  subjectDigest: Digest;
  principal: string;
  stage: string;
  role: string;
  verdict: DecisionVerdict;
  reason: string;
  /** Left out where they sign for themselves. */
  onBehalfOf?: string;
  delegation?: string;
  via?: string;
  /** The decision of theirs that stands now, where this one takes it back or follows a withdrawal. */
  supersedes?: string;
  envelope: Envelope;
}

export interface NewWaiver {
  requestId: string;
  question: string;
  principal: string;
  role: string;
  reason: string;
  purpose: string;
  /** ISO 8601. */
  until: string;
  envelope: Envelope;
}

/** What people signed, as rows: written by the api after it checked who they are and what they may. */
export interface Decisions {
  /**
   * An equal repeated verdict gives the row that is there.
   * @throws NOT_FOUND; CONFLICT where the request has ended or binds something else, or where this person has already
   * said something else in this role and has not taken it back.
   */
  recordDecision(decision: NewDecision): Promise<{ decisionId: string; isNew: boolean }>;
  /** @throws as `recordDecision`. */
  recordWaiver(waiver: NewWaiver): Promise<{ waiverId: string; isNew: boolean }>;
}

export const createDecisions = (db: Database): Decisions =>
  translated<Decisions>({
    recordDecision: (asked) => db.transaction((tx) => insertDecision(tx, asked)),
    recordWaiver: (asked) => db.transaction((tx) => insertWaiver(tx, asked)),
  });

async function insertDecision(tx: Transaction, asked: NewDecision) {
  const { requestId, subjectDigest, principal, role, stage, verdict } = asked;
  const request = await lockRequest(tx, requestId);
  const last = await lastWord(tx, asked);
  if (last?.verdict === verdict && last.stage === stage) return { decisionId: last.id, isNew: false };
  requireOpen(request, requestId);
  if (request.subjectDigest !== subjectDigest)
    throw new LifecycleError('CONFLICT', `${requestId} binds ${request.subjectDigest}, not ${subjectDigest}.`);
  requireTurn(asked, last);
  const decisionId = inserted(await tx.insert(decision).values(asked).returning({ id: decision.id }));
  const event = { project: request.project, actor: principal, action: 'decision.recorded' } as const;
  const { onBehalfOf, via, supersedes } = asked;
  const details = { requestId, subjectDigest, stage, role, verdict, onBehalfOf, via, supersedes };
  await recordEvent(tx, { ...event, subject: decisionId, details: onlyDefined(details) });
  return { decisionId, isNew: true };
}

const onlyDefined = (details: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(details).filter(([, value]) => value !== undefined));

type LastWord = Pick<typeof decision.$inferSelect, 'id' | 'verdict' | 'stage'>;

/** What this person said last in this role, of this content. */
async function lastWord(tx: Transaction, asked: NewDecision): Promise<LastWord | undefined> {
  const [last] = await tx
    .select({ id: decision.id, verdict: decision.verdict, stage: decision.stage })
    .from(decision)
    .where(
      and(
        eq(decision.requestId, asked.requestId),
        eq(decision.subjectDigest, asked.subjectDigest),
        eq(decision.principal, asked.principal),
        eq(decision.role, asked.role),
      ),
    )
    .orderBy(desc(decision.number))
    .limit(1);
  return last;
}

/** A word stands until it is taken back; what was signed names the word that it follows. */
function requireTurn({ principal, role, requestId, verdict, supersedes }: NewDecision, last?: LastWord): void {
  const isWithdrawal = verdict === 'withdraw';
  if (last === undefined) {
    if (isWithdrawal) throw new LifecycleError('CONFLICT', `${principal} has said nothing as ${role} on ${requestId}.`);
  } else if (isWithdrawal === (last.verdict === 'withdraw')) {
    const remedy = isWithdrawal ? '' : ' Take that back first.';
    throw new LifecycleError(
      'CONFLICT',
      `${principal} has already said ${last.verdict} as ${role} on ${requestId}.${remedy}`,
    );
  }
  if (supersedes !== last?.id)
    throw new LifecycleError('CONFLICT', `${principal} has said something else as ${role} meanwhile. Look again.`);
}

async function insertWaiver(tx: Transaction, asked: NewWaiver) {
  const { requestId, question, principal, role, purpose } = asked;
  const until = new Date(asked.until);
  const request = await lockRequest(tx, requestId);
  const isSameWaiver = and(
    eq(waiver.requestId, requestId),
    eq(waiver.question, question),
    eq(waiver.principal, principal),
  );
  const [known] = await tx.select().from(waiver).where(isSameWaiver);
  if (known?.purpose === purpose && known.role === role && known.until.getTime() === until.getTime())
    return { waiverId: known.id, isNew: false };
  if (known !== undefined)
    throw new LifecycleError('CONFLICT', `${principal} has already waived ${question} on ${requestId} in other words.`);
  requireOpen(request, requestId);
  const waiverId = inserted(
    await tx
      .insert(waiver)
      .values({ ...asked, until })
      .returning({ id: waiver.id }),
  );
  const event = { project: request.project, actor: principal, action: 'waiver.recorded' } as const;
  const details = { requestId, question, role, purpose, until: until.toISOString() };
  await recordEvent(tx, { ...event, subject: waiverId, details });
  await closeWaiverTask(tx, { requestId, question, actor: principal });
  return { waiverId, isNew: true };
}

type LockedRequest = Awaited<ReturnType<typeof lockRequest>>;

/** Holds the request until commit: nobody closes it, or counts, in between. */
async function lockRequest(tx: Transaction, requestId: string) {
  const { project, state, subjectDigest } = approvalRequest;
  const isExpired = sql<boolean>`${approvalRequest.expiresAt} <= clock_timestamp()`;
  const [request] = await tx
    .select({ project, state, subjectDigest, isExpired })
    .from(approvalRequest)
    .where(eq(approvalRequest.id, requestId))
    .for('update');
  if (request === undefined)
    throw new LifecycleError('NOT_FOUND', `There is no approval request ${requestId}.`, { request: requestId });
  return request;
}

function requireOpen(request: LockedRequest, requestId: string): void {
  if (request.state !== 'open')
    throw new LifecycleError('CONFLICT', `The request ${requestId} has ended: it was ${request.state}.`);
  if (request.isExpired) throw new LifecycleError('CONFLICT', `The request ${requestId} has expired.`);
}

function inserted(rows: { id: string }[]): string {
  const [row] = rows;
  if (row === undefined) throw new LifecycleError('INTERNAL', 'Postgres stored a row and named none.');
  return row.id;
}
