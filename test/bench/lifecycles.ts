import { randomUUID } from 'node:crypto';
import { and, inArray, isNotNull } from 'drizzle-orm';
import { lifecycleRun } from '../../db/schema/lifecycle-run.js';
import { createRunRequests } from '../../db/stores/run-requests.js';
import { digestOf } from '../../domain/evidence/canonical.js';
import type { LifecyclePlan } from '../../domain/lifecycle-file/plan.js';
import { toyPlan } from '../support/toy-plan.js';
import { PROJECT, type World } from './world.js';

/** By the clock of Postgres, in milliseconds: asked for, begun by its workflow, ended. */
export interface RunTimes {
  requestedAt: number;
  startedAt: number;
  endedAt: number;
}

const { id, status, reason, createdAt, startedAt, endedAt } = lifecycleRun;
const LOOKED_AT = { id, status, reason, createdAt, startedAt, endedAt };
const hasEnded = isNotNull(endedAt);
const POLL_MILLISECONDS = 5;
const PATIENCE_MILLISECONDS = 300_000;

/** Asks for a run as the api does: a row and its event, in one transaction. */
export async function requestRun({ db }: World, plan: LifecyclePlan = toyPlan({ name: 'bench' })): Promise<string> {
  const { runId } = await createRunRequests(db).requestRun({
    project: PROJECT,
    plan,
    planDigest: digestOf(plan),
    requestedBy: 'ada',
    startKey: randomUUID(),
  });
  return runId;
}

/** Waits until all of these runs have ended well. */
export async function untilEnded({ db }: World, runIds: readonly string[]): Promise<RunTimes[]> {
  const deadline = Date.now() + PATIENCE_MILLISECONDS;
  const ended: RunTimes[] = [];
  let open = [...runIds];
  while (open.length > 0) {
    await new Promise((resolve) => setTimeout(resolve, Math.max(POLL_MILLISECONDS, open.length / 2)));
    const rows = await db
      .select(LOOKED_AT)
      .from(lifecycleRun)
      .where(and(inArray(lifecycleRun.id, open), hasEnded));
    for (const { id, status, reason, createdAt, startedAt, endedAt } of rows) {
      if (status !== 'succeeded') throw new Error(`${id} ended as ${status}: ${reason}`);
      open = open.filter((runId) => runId !== id);
      ended.push({ requestedAt: createdAt.getTime(), startedAt: startedAt!.getTime(), endedAt: endedAt!.getTime() });
    }
    if (Date.now() > deadline) throw new Error(`${open.length} of ${runIds.length} runs have not ended in time`);
  }
  return ended;
}
