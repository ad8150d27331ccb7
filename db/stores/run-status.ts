import { and, eq, sql, type SQL } from 'drizzle-orm';
import { LifecycleError } from '../../domain/kernel/errors.js';
import { isEnded, type RunStatus } from '../../domain/kernel/states.js';
import { WORKER_ACTOR, type AuditAction } from '../audit/actions.js';
import { markEventful } from '../audit/announce.js';
import { recordEvent } from '../audit/record-event.js';
import type { Database, Transaction } from '../pool.js';
import { executePrepared } from '../prepared.js';
import { lifecycleRun } from '../schema/lifecycle-run.js';

export const runNotFound = (runId: string): LifecycleError =>
  new LifecycleError('NOT_FOUND', `There is no run ${runId}.`, { run: runId });

export async function beginRun(db: Database, runId: string): Promise<void> {
  const begun = await executePrepared(
    db,
    'begin-run',
    sql`with begun as (
      update lifecycle_run set status = 'running', started_at = clock_timestamp()
      where id = ${runId} and status = 'requested' returning id, project)
    ${insertRunEvent(sql`begun`, 'run.began', sql`'{}'::jsonb`)}`,
  );
  if (begun.length > 0) markEventful(db);
  else await loadRun(db, runId);
}

/** Pauses a running run or resumes a paused one; anything else is left as it is. */
export async function setRunPaused(
  tx: Transaction,
  { runId, paused, commandId }: { runId: string; paused: boolean; commandId: string },
): Promise<void> {
  const [changed] = await tx
    .update(lifecycleRun)
    .set({ status: paused ? 'paused' : 'running' })
    .where(and(eq(lifecycleRun.id, runId), eq(lifecycleRun.status, paused ? 'running' : 'paused')))
    .returning({ project: lifecycleRun.project });
  if (changed === undefined) return void (await loadRun(tx, runId));
  const action = paused ? 'run.paused' : 'run.resumed';
  const { project } = changed;
  const event = { actor: WORKER_ACTOR, subject: runId, details: { command: commandId }, key: commandId };
  await recordEvent(tx, { action, project, ...event });
}

/** Ends a run once, and with it the stages that were still open. A second, different end is CONFLICT. */
export async function finishRun(
  db: Database,
  { runId, status, reason }: { runId: string; status: RunStatus; reason: string | null },
): Promise<void> {
  if (!isEnded(status)) throw new LifecycleError('INVALID_INPUT', `A run does not end as ${status}.`, { run: runId });
  const details = sql`jsonb_build_object('name', ended.name, 'status', ended.status, 'reason', ended.reason) || ended.scheduled`;
  const ended = await executePrepared(
    db,
    'finish-run',
    sql`with ended as (
      update lifecycle_run set status = ${status}, reason = ${reason}, ended_at = clock_timestamp()
      where id = ${runId} and status in ('requested', 'running', 'paused') returning id, project, name, status, reason,
        ${SCHEDULED} as scheduled),
    stages as (
      update stage_run set status = ended.status, waiting_for = null, ended_at = clock_timestamp()
      from ended where run_id = ended.id and stage_run.ended_at is null)
    ${insertRunEvent(sql`ended`, 'run.finished', details)}`,
  );
  if (ended.length > 0) markEventful(db);
  else requireSameEnd(await loadRun(db, runId), status);
}

/** Which time of which schedule has come to its end, where it was one; the time as `nominalTime` prints it. */
const SCHEDULED = sql`case when schedule is null then '{}'::jsonb else jsonb_build_object('schedule', schedule,
  'nominal', to_char(scheduled_for at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')) end`;

/** Writes the event within a larger statement, where `source` is the run (one row or none). Answers its id if new. */
const insertRunEvent = (source: SQL, action: AuditAction, details: SQL): SQL => sql`
    insert into audit_event (project, actor, action, subject, details, event_key)
    select project, ${WORKER_ACTOR}, ${action}, id, ${details}, ${`${action}/`} || id from ${source}
    on conflict (event_key) do nothing returning id`;

async function loadRun(on: Database | Transaction, runId: string): Promise<{ id: string; status: RunStatus }> {
  const [run] = await on
    .select({ id: lifecycleRun.id, status: lifecycleRun.status })
    .from(lifecycleRun)
    .where(eq(lifecycleRun.id, runId));
  if (run === undefined) throw runNotFound(runId);
  return run;
}

function requireSameEnd(run: { id: string; status: RunStatus }, status: RunStatus): void {
  if (run.status === status) return;
  throw new LifecycleError('CONFLICT', `Run ${run.id} has already ended as ${run.status}, it cannot end as ${status}.`);
}
