import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import OpenAI from 'openai';
import type { Database } from '../../db/pool.js';
import { runView } from '../../db/views/runs.js';
import { workflowIds } from '../../providers/temporal/names.js';
import { API_KEY } from '../support/local-provider.js';
import { PROJECT, type World } from './world.js';

const CLOSED_MILLISECONDS = 90_000;
const POLL_MILLISECONDS = 200;

/** What is true after a run, and must be the same whatever happened on the way. */
export interface Facts {
  /** How runs and stages ended, the digests that people signed: equal, or wrong. */
  answers: Record<string, string>;
  /** How many there are of each thing: fewer is lost, more is doubled. */
  counts: Record<string, number>;
}

/** Rows that come and go with time and attempts, and say nothing about work; the log has questions of its own. */
const OF_THE_MOMENT = ['lease', 'provider_lease', 'outbox_cursor', 'audit_checkpoint', 'audit_event', 'audit_leaf'];
/**
 * How often somebody was told that a run waits depends on when people sign; how often a trigger was found to wait, and
 * for how long, on when it was looked at. That it led to one run is counted by the runs.
 */
const PASSING_EVENTS = ['run.waiting', 'trigger.settled', 'approval.escalated'];

/** @param runs ids in the order in which they were asked for: a scenario's are compared by it */
export async function factsOf(world: World, runs: readonly string[]): Promise<Facts> {
  const answers: Facts['answers'] = {};
  const counts: Facts['counts'] = { ...(await rowCounts(world.db)), ...(await eventCounts(world.db)) };
  for (const [index, runId] of runs.entries()) {
    const of = `run ${index + 1}`;
    const view = (await runView(world.db, runId))!;
    answers[`${of} ended`] = `${view.status} ${(view.reason ?? '').replaceAll(runId, 'the run')}`;
    answers[`${of} stages`] = view.stages.map(({ stage, status }) => `${stage} ${status}`).join(', ');
    answers[`${of} workflow`] = await workflowEnd(world, runId);
    answers[`${of} signed content`] = await signedContent(world, view.requestId);
    counts[`${of} jobs at the provider`] = await jobsOf(world, runId);
    // How far a training had come when it was cancelled is a matter of the moment.
    if (view.status === 'cancelled') delete counts['rows of run_event'];
  }
  return { answers, counts };
}

/** How Temporal says that the run's workflow ended: soon after its rows do. */
async function workflowEnd(world: World, runId: string): Promise<string> {
  const { workflow } = await world.temporalClient();
  const handle = workflow.getHandle(workflowIds.lifecycle(PROJECT, runId));
  const deadline = Date.now() + CLOSED_MILLISECONDS;
  for (;;) {
    const { name } = (await handle.describe()).status;
    if (name !== 'RUNNING' || Date.now() > deadline) return name;
    await sleep(POLL_MILLISECONDS);
  }
}

/** The digests that a request binds; not the name of the model, which holds the provider's id of the job. */
async function signedContent({ approvals }: World, requestId: string | null): Promise<string> {
  if (requestId === null) return 'nothing was asked';
  const { subject } = (await approvals.load(requestId)).request;
  const { datasets, baseModel, weights, evaluations, gateVerdicts, dataAnswers } = subject;
  return JSON.stringify([datasets, baseModel, weights, evaluations, gateVerdicts, dataAnswers]);
}

async function rowCounts(db: Database): Promise<Record<string, number>> {
  const { rows: tables } = await db.execute<{ name: string }>(
    sql`select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')
        and not relispartition and has_table_privilege(oid, 'select')`,
  );
  const counts: Record<string, number> = {};
  for (const { name } of tables.filter((table) => !OF_THE_MOMENT.includes(table.name))) {
    const { rows } = await db.execute<{ n: number }>(sql`select count(*)::int as n from ${sql.identifier(name)}`);
    counts[`rows of ${name}`] = rows[0]!.n;
  }
  return counts;
}

async function eventCounts(db: Database): Promise<Record<string, number>> {
  const { rows } = await db.execute<{ action: string; n: number }>(
    sql`select action, count(*)::int as n from audit_event group by action`,
  );
  return Object.fromEntries(
    rows.filter(({ action }) => !PASSING_EVENTS.includes(action)).map(({ action, n }) => [`events ${action}`, n]),
  );
}

/** By the provider's own list: jobs that have the key which the ledger's effect of this run was made under. */
async function jobsOf(world: World, runId: string): Promise<number> {
  const client = new OpenAI({ baseURL: world.providerUrl, apiKey: API_KEY, maxRetries: 5 });
  const key = createHash('sha256').update(`assay/${world.instance}/${runId}/fine-tune`).digest('hex');
  let found = 0;
  for await (const job of client.fineTuning.jobs.list({ limit: 100 }))
    if (job.metadata?.['assay_key'] === key) found += 1;
  return found;
}

export interface Difference {
  wrong: string[];
  lost: string[];
  doubled: string[];
}

/** How a disturbed lifecycle differs from an undisturbed one. */
export function compareFacts(undisturbed: Facts, disturbed: Facts): Difference {
  const difference: Difference = { wrong: [], lost: [], doubled: [] };
  for (const [what, answer] of Object.entries(undisturbed.answers))
    if (disturbed.answers[what] !== answer)
      difference.wrong.push(`${what}: ${disturbed.answers[what] ?? 'nothing'}, not ${answer}`);
  for (const what of new Set([...Object.keys(undisturbed.counts), ...Object.keys(disturbed.counts)])) {
    const [expected, found] = [undisturbed.counts[what] ?? 0, disturbed.counts[what] ?? 0];
    if (found < expected) difference.lost.push(`${what}: ${found}, not ${expected}`);
    if (found > expected) difference.doubled.push(`${what}: ${found}, not ${expected}`);
  }
  return difference;
}
