import { sql } from 'drizzle-orm';
import { LifecycleError } from '../../domain/kernel/errors.js';
import { burstOf, refilled } from '../../domain/limits/provider-limits.js';
import { shareOut, type AccountLevel, type ProjectDemand, type Turns } from '../../domain/limits/share-out.js';
import type { AccountLimits, CallDemand, CallGrant } from '../../domain/ports/account-limits.js';
import { translated } from '../database-error.js';
import type { Database, Transaction } from '../pool.js';
import { takeJobPlace } from './job-places.js';
import { lockAccount } from './lock-account.js';

/** A worker that says nothing for so long has no calls under way any more. */
const LEASE_SECONDS = 15;
/** Who waits asks at least once a second. */
const WAITER_SECONDS = 3;

export const createAccountLimits = (db: Database): AccountLimits =>
  translated<AccountLimits>({
    takeCalls: (demand) => db.transaction((tx) => takeCalls(tx, demand)),
    async holdBack(account, milliseconds) {
      await db.execute(sql`
        insert into provider_account (name, requests_level, tokens_level, held_until)
        values (${account}, 0, 0, clock_timestamp() + make_interval(secs => ${milliseconds / 1000}))
        on conflict (name) do update set held_until = greatest(provider_account.held_until,
          clock_timestamp() + make_interval(secs => ${milliseconds / 1000}))`);
    },
    takeJob: (job) => db.transaction((tx) => takeJobPlace(tx, job)),
    async endJob(account, runId) {
      await db.execute(sql`delete from provider_job where account = ${account} and run_id = ${runId}`);
    },
    async projectOf(runId) {
      const { rows } = await db.execute<{ project: string }>(
        sql`select project from lifecycle_run where id = ${runId}`,
      );
      if (rows[0] !== undefined) return rows[0].project;
      throw new LifecycleError('NOT_FOUND', `There is no run ${runId}.`);
    },
  });

/** One after the other for each account: the account's row is locked from the first statement to the commit. */
async function takeCalls(tx: Transaction, demand: CallDemand): Promise<CallGrant> {
  const { limits, givenBack, underWay, demands } = demand;
  const account = await lockAccount(tx, demand.account, limits);
  const others = await readOthers(tx, demand);
  const level: AccountLevel = {
    requests: levelOf(limits.requestsPerMinute, account.requestsLevel, account.seconds, givenBack.requests),
    tokens: levelOf(limits.tokensPerMinute, account.tokensLevel, account.seconds, givenBack.tokens),
    underWay: underWay + others.underWay,
  };
  const isHeld = account.heldMilliseconds > 0;
  const shared = isHeld
    ? { granted: {}, level, turns: account.turns, afterMilliseconds: account.heldMilliseconds }
    : shareOut({ limits, level, turns: account.turns, mine: demands, others: others.demands });
  await write(tx, demand, { ...shared, seconds: Math.max(0, account.seconds) });
  return {
    granted: shared.granted,
    afterMilliseconds: demands.length === 0 ? null : shared.afterMilliseconds,
    heldMilliseconds: account.heldMilliseconds,
  };
}

const levelOf = (perMinute: number | undefined, level: number, seconds: number, back: number): number =>
  perMinute === undefined ? 0 : Math.min(burstOf(perMinute), refilled(perMinute, level, seconds) + back);

async function readOthers(
  tx: Transaction,
  { account, worker }: CallDemand,
): Promise<{ underWay: number; demands: ProjectDemand[] }> {
  const { rows } = await tx.execute<{ underWay: number; demands: ProjectDemand[] }>(sql`
    select
      (select coalesce(sum(under_way), 0)::integer from provider_lease
        where account = ${account} and worker <> ${worker} and expires_at > clock_timestamp()) as "underWay",
      (select coalesce(json_agg(json_build_object('project', project, 'calls', calls) order by since, worker), '[]')
        from provider_waiter
        where account = ${account} and worker <> ${worker} and expires_at > clock_timestamp()) as "demands"`);
  return rows[0] ?? { underWay: 0, demands: [] };
}

/** The account's new level, and this worker's rows: what it has under way, and what still waits there. */
async function write(
  tx: Transaction,
  { account, worker, underWay, demands }: CallDemand,
  shared: { granted: Record<string, number>; level: AccountLevel; turns: Turns; seconds: number },
): Promise<void> {
  const granted = Object.values(shared.granted).reduce((sum, count) => sum + count, 0);
  const waiting = demands
    .map(({ project, calls }) => ({ project, calls: calls.slice(shared.granted[project] ?? 0) }))
    .filter(({ calls }) => calls.length > 0);
  await tx.execute(sql`
    with filled as (
      update provider_account set requests_level = ${shared.level.requests}, tokens_level = ${shared.level.tokens},
        turns = ${JSON.stringify(shared.turns)}, refilled_at = refilled_at + make_interval(secs => ${shared.seconds})
      where name = ${account}),
    leased as (
      insert into provider_lease (account, worker, under_way, expires_at)
      values (${account}, ${worker}, ${underWay + granted}, clock_timestamp() + make_interval(secs => ${LEASE_SECONDS}))
      on conflict (account, worker) do update set under_way = excluded.under_way, expires_at = excluded.expires_at),
    lapsed_leases as (
      delete from provider_lease
      where account = ${account} and worker <> ${worker} and expires_at <= clock_timestamp()),
    gone as (
      delete from provider_waiter
      where account = ${account} and ((worker <> ${worker} and expires_at <= clock_timestamp())
        or (worker = ${worker} and project <> all (array(
          select item ->> 'project' from jsonb_array_elements(${JSON.stringify(waiting)}::jsonb) item)))))
    insert into provider_waiter (account, worker, project, calls, expires_at)
    select ${account}, ${worker}, item ->> 'project', item -> 'calls',
      clock_timestamp() + make_interval(secs => ${WAITER_SECONDS})
    from jsonb_array_elements(${JSON.stringify(waiting)}::jsonb) item
    on conflict (account, worker, project) do update set calls = excluded.calls, expires_at = excluded.expires_at`);
}
