import { sql } from 'drizzle-orm';
import { LifecycleError } from '../../domain/kernel/errors.js';
import type { ProviderLimits } from '../../domain/limits/provider-limits.js';
import type { Transaction } from '../pool.js';
import { lockAccount } from './lock-account.js';

/** A run that waits and says nothing for so long loses its place in the queue. */
const WAITER_SECONDS = 10;

interface Place extends Record<string, unknown> {
  runId: string;
  project: string;
  isTaken: boolean;
}

/**
 * Gives a place among an account's training jobs. Of those that wait, the next is the oldest run of the project with the
 * fewest places; of two such projects, that of the run that has waited longest.
 */
export async function takeJobPlace(
  tx: Transaction,
  { account, limits, runId }: { account: string; limits: ProviderLimits; runId: string },
): Promise<boolean> {
  const most = limits.concurrentJobs ?? Infinity;
  // Until commit: places are given one after the other.
  await lockAccount(tx, account, limits);
  await forgetEnded(tx, account);
  const asked = await tx.execute(sql`
    insert into provider_job (account, run_id, project)
    select ${account}, id, project from lifecycle_run where id = ${runId}
    on conflict (account, run_id) do update set seen_at = clock_timestamp() returning 1`);
  if (asked.rows.length === 0) throw new LifecycleError('NOT_FOUND', `There is no run ${runId}.`);
  const { rows: places } = await tx.execute<Place>(sql`
    select run_id as "runId", project, taken_at is not null as "isTaken" from provider_job
    where account = ${account} order by asked_at, run_id`);
  if (!isNext(places, runId, most)) return false;
  await tx.execute(sql`
    update provider_job set taken_at = coalesce(taken_at, clock_timestamp())
    where account = ${account} and run_id = ${runId}`);
  return true;
}

/** Whether the run has a place, or would be given one if everybody asked now. `places` in the order of asking. */
function isNext(places: readonly Place[], runId: string, most: number): boolean {
  const taken = places.filter(({ isTaken }) => isTaken);
  if (taken.some((place) => place.runId === runId)) return true;
  const held = new Map<string, number>();
  for (const { project } of taken) held.set(project, (held.get(project) ?? 0) + 1);
  const waiting = places.filter(({ isTaken }) => !isTaken);
  for (let free = most - taken.length; free > 0 && waiting.length > 0; free -= 1) {
    const fewest = Math.min(...waiting.map(({ project }) => held.get(project) ?? 0));
    const at = waiting.findIndex(({ project }) => (held.get(project) ?? 0) === fewest);
    const [next] = waiting.splice(at, 1);
    if (next === undefined || next.runId === runId) return next !== undefined;
    held.set(next.project, fewest + 1);
  }
  return false;
}

/** Places of runs whose training has ended, whoever ended it, and those who no longer ask. */
async function forgetEnded(tx: Transaction, account: string): Promise<void> {
  await tx.execute(sql`
    delete from provider_job j using lifecycle_run r
    where j.account = ${account} and r.id = j.run_id and (r.ended_at is not null
      or (j.taken_at is null and j.seen_at < clock_timestamp() - make_interval(secs => ${WAITER_SECONDS}))
      or (j.taken_at is not null and exists (
        select 1 from stage_run s
        where s.run_id = j.run_id and s.stage = 'fine-tune' and s.ended_at is not null)))`);
}
