import { randomUUID } from 'node:crypto';
import { and, eq, isNull, sql, type SQL } from 'drizzle-orm';
import type { Evidence } from '../../domain/evidence/evidence.js';
import { LifecycleError } from '../../domain/kernel/errors.js';
import type { Digest } from '../../domain/kernel/digest.js';
import type { Stage } from '../../domain/kernel/states.js';
import type { FinishedStage } from '../../domain/ports/run-store.js';
import { WORKER_ACTOR, type AuditAction } from '../audit/actions.js';
import { markEventful } from '../audit/announce.js';
import { recordEvent } from '../audit/record-event.js';
import type { Database, Transaction } from '../pool.js';
import { executePrepared } from '../prepared.js';
import { stageRun } from '../schema/stage-run.js';
import { insertFact, insertUse, storeEvidence } from './store-evidence.js';

const MOST_SUMMARY_BYTES = 16 * 1024;

/** Opens a stage once, under the key of its inputs. */
export async function beginStage(
  db: Database,
  { runId, stage, reuseKey }: { runId: string; stage: Stage; reuseKey: Digest | null },
): Promise<void> {
  const rows = await executePrepared(
    db,
    'begin-stage',
    sql`with begun as (
      insert into stage_run (run_id, stage, status, reuse_key) values (${runId}, ${stage}, 'running', ${reuseKey})
      on conflict do nothing returning run_id)
    ${insertStageEvent(sql`begun`, { action: 'stage.began', runId, stage })}`,
  );
  if (rows.length > 0) markEventful(db);
}

/** Stores the evidence and ends the stage. The first end stands; a repeated one only finds its evidence again. */
export async function finishStage(db: Database, finished: FinishedStage): Promise<Digest[]> {
  refuseLongSummary(finished);
  const [first, ...others] = finished.evidence;
  const { runId, stage, variance } = finished;
  if (first === undefined || others.length > 0 || variance !== undefined)
    return db.transaction(async (tx) => {
      const ids = await storeEvidence(tx, finished.evidence);
      const hasEnded = await endStage(tx, finished, { name: 'end-stage', ids });
      if (hasEnded && variance)
        await recordStageEvent(tx, { action: 'training.varied', runId, stage, details: { ...variance } });
      return ids;
    });
  const { id, stored } = insertFact(first);
  await endStage(db, finished, { name: 'end-stage-with-fact', ids: [id], also: sql`${stored},` });
  return [id];
}

/** Ends a stage; false where it had ended. `also`: what the statement stores besides. */
async function endStage(
  on: Database | Transaction,
  { runId, stage, status, summary, result }: FinishedStage,
  { name, ids, also = sql`` }: { name: string; ids: Digest[]; also?: SQL },
): Promise<boolean> {
  const event = { action: 'stage.finished', runId, stage, details: { status, evidence: ids } } as const;
  const rows = await executePrepared(
    on,
    name,
    sql`with ${also} ended as (
      insert into stage_run (run_id, stage, status, summary, result, ended_at)
      values (${runId}, ${stage}, ${status}, ${JSON.stringify(summary)}::jsonb, ${result ? JSON.stringify(result) : null}::jsonb, clock_timestamp())
      on conflict (run_id, stage) do update set status = excluded.status, summary = excluded.summary,
        result = excluded.result, waiting_for = null, ended_at = clock_timestamp()
      where stage_run.ended_at is null returning run_id, stage),
    ${insertUse(sql`ended`, ids)}
    ${insertStageEvent(sql`ended`, event)}`,
  );
  if (rows.length > 0) markEventful(on);
  return rows.length > 0;
}

/** A fact that a stage leaves before its end. */
export async function keepEvidence(
  db: Database,
  { runId, stage, evidence }: { runId: string; stage: Stage; evidence: Evidence },
): Promise<Digest> {
  const { id, stored } = insertFact(evidence);
  const details = { evidence: id, kind: evidence.kind };
  const event = { action: 'evidence.kept', runId, stage, details, keySuffix: `/${id}` } as const;
  const rows = await executePrepared(
    db,
    'keep-evidence',
    sql`with ${stored},
    here as (select ${runId}::text as run_id, ${stage}::text as stage),
    ${insertUse(sql`here`, [id])}
    ${insertStageEvent(sql`here`, event)}`,
  );
  if (rows.length > 0) markEventful(db);
  return id;
}

/** Each change of what a stage waits for is an event; saying the same again is none. */
export async function setStageWaiting(
  tx: Transaction,
  { runId, stage, waitingFor }: { runId: string; stage: Stage; waitingFor: string | null },
): Promise<void> {
  const changed = await tx
    .update(stageRun)
    .set({ waitingFor, status: waitingFor === null ? 'running' : 'waiting' })
    .where(
      and(
        eq(stageRun.runId, runId),
        eq(stageRun.stage, stage),
        isNull(stageRun.endedAt),
        sql`${stageRun.waitingFor} is distinct from ${waitingFor}::text`,
      ),
    )
    .returning({ runId: stageRun.runId });
  if (changed.length === 0) return;
  const details = { waitingFor };
  await recordStageEvent(tx, { action: 'run.waiting', runId, stage, details, keySuffix: `/${randomUUID()}` });
}

/** How far a stage is; shown where a stage says what it waits for. */
export async function setStageProgress(
  db: Database,
  { runId, stage, progress }: { runId: string; stage: Stage; progress: string | null },
): Promise<void> {
  await db
    .update(stageRun)
    .set({ waitingFor: progress })
    .where(and(eq(stageRun.runId, runId), eq(stageRun.stage, stage), isNull(stageRun.endedAt)));
}

function refuseLongSummary({ runId, stage, summary }: FinishedStage): void {
  const size = Buffer.byteLength(JSON.stringify(summary));
  if (size <= MOST_SUMMARY_BYTES) return;
  throw new LifecycleError(
    'INVALID_INPUT',
    `The summary of ${stage} in ${runId} has ${size} bytes; at most ${MOST_SUMMARY_BYTES} are kept. Put the rest into evidence.`,
  );
}

interface StageEvent {
  action: AuditAction;
  runId: string;
  stage: Stage;
  details?: Record<string, unknown>;
  keySuffix?: string;
}

const keyOf = ({ runId, stage, keySuffix = '' }: StageEvent): string => `${runId}/${stage}${keySuffix}`;

/** Writes the event within a larger statement, where `source` names a run (one row or none). Answers its id if new. */
const insertStageEvent = (source: SQL, event: StageEvent): SQL => sql`
    insert into audit_event (project, actor, action, subject, details, event_key)
    select r.project, ${WORKER_ACTOR}, ${event.action}, r.id,
      ${JSON.stringify({ stage: event.stage, ...event.details })}::jsonb, ${`${event.action}/${keyOf(event)}`}
    from ${source} source join lifecycle_run r on r.id = source.run_id
    on conflict (event_key) do nothing returning id`;

export async function recordStageEvent(tx: Transaction, event: StageEvent): Promise<void> {
  const { action, runId, stage, details = {} } = event;
  const { rows } = await tx.execute<{ project: string }>(sql`select project from lifecycle_run where id = ${runId}`);
  await recordEvent(tx, {
    project: rows[0]?.project ?? null,
    actor: WORKER_ACTOR,
    action,
    subject: runId,
    details: { stage, ...details },
    key: keyOf(event),
  });
}
