import { randomUUID } from 'node:crypto';
import { and, eq, sql } from 'drizzle-orm';
import { LifecycleError } from '../../domain/kernel/errors.js';
import type { RetrainStore } from '../../domain/ports/traffic-store.js';
import { WORKER_ACTOR } from '../audit/actions.js';
import { recordEvent } from '../audit/record-event.js';
import { refuseAttempt } from '../audit/refuse-attempt.js';
import { translated } from '../database-error.js';
import type { Database, Transaction } from '../pool.js';
import { RETRAIN_PRINCIPAL } from '../schema/account.js';
import { clock } from '../schema/columns.js';
import { lifecycleRun } from '../schema/lifecycle-run.js';
import { trigger } from '../schema/trigger.js';
import { findByStartKey, insertRun } from './insert-run.js';
import { findModelTrigger, insertTrigger } from './insert-trigger.js';
import { readFacts } from './retrain-facts.js';

export const createRetrainStore = (db: Database): RetrainStore =>
  translated<RetrainStore>({
    facts: (project, name, triggerId) =>
      db.transaction(async (tx) => {
        const found = await findModelTrigger(tx, { project, name, triggerId });
        if (found !== undefined)
          return {
            trigger: found,
            startedRunId: await startedBy(tx, triggerId),
            ...(await readFacts(tx, { project, name })),
          };
        const reason = 'there is no such trigger for this model';
        await refuseAttempt(tx, { project, subject: `${project}/${name}`, named: triggerId, reason });
        return undefined;
      }),
    requestRun: (request) => db.transaction((tx) => requestAgain(tx, request)),
    record: ({ project, name, kind, key }) =>
      db.transaction(async (tx) => {
        const sourceKey = `${kind}/${project}/${name}/${key}`;
        return { triggerId: await insertTrigger(tx, { project, name, kind, sourceKey }) };
      }),
    settle: (triggerId, outcome) => db.transaction((tx) => settle(tx, triggerId, outcome)),
  });

type Request = Parameters<RetrainStore['requestRun']>[0];

/** Requests a run of the champion's plan, in the name of the service that retrains. */
async function requestAgain(tx: Transaction, request: Request): Promise<{ runId: string }> {
  const { project, name, triggerId, startKey } = request;
  const known = await findByStartKey(tx, project, startKey);
  if (known !== undefined) return { runId: known.runId };
  if ((await findModelTrigger(tx, request)) === undefined)
    throw new LifecycleError('NOT_FOUND', `There is no trigger ${triggerId} for ${name} in ${project}.`);
  const { championRunId } = await readFacts(tx, { project, name });
  if (championRunId === null)
    throw new LifecycleError('NOT_FOUND', `${name} has no champion in ${project}: there is no plan to run again.`);
  const { plan, planDigest } = lifecycleRun;
  const [champion] = await tx.select({ plan, planDigest }).from(lifecycleRun).where(eq(lifecycleRun.id, championRunId));
  if (champion === undefined) throw new LifecycleError('NOT_FOUND', `There is no run ${championRunId}.`);
  const { runId } = await insertRun(tx, {
    ...champion,
    project,
    requestedBy: RETRAIN_PRINCIPAL,
    startKey,
    triggerId,
  });
  return { runId };
}

async function startedBy(tx: Transaction, triggerId: string): Promise<string | null> {
  const [run] = await tx
    .select({ id: lifecycleRun.id })
    .from(lifecycleRun)
    .where(eq(lifecycleRun.triggerId, triggerId))
    .limit(1);
  return run?.id ?? null;
}

/** The last word stands; each new one is an event. */
async function settle(tx: Transaction, triggerId: string, outcome: string): Promise<void> {
  const [settled] = await tx
    .update(trigger)
    .set({ outcome, settledAt: clock })
    .where(and(eq(trigger.id, triggerId), sql`${trigger.outcome} is distinct from ${outcome}::text`))
    .returning({ project: trigger.project });
  if (settled === undefined) return;
  const event = { project: settled.project, actor: WORKER_ACTOR, action: 'trigger.settled' } as const;
  await recordEvent(tx, { ...event, subject: triggerId, details: { outcome }, key: `${triggerId}/${randomUUID()}` });
}
