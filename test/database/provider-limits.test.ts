import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createDatabase, type OpenDatabase } from '../../db/pool.js';
import { createAccountLimits } from '../../db/stores/account-limits.js';
import { createRunStore } from '../../db/stores/run-store.js';
import { listAccounts } from '../../db/views/limits.js';
import { burstOf, refillPerSecond, type ProviderLimits } from '../../domain/limits/provider-limits.js';
import type { AccountLimits } from '../../domain/ports/account-limits.js';
import { createAccountLimiter, type AccountLimiter } from '../../providers/limits/account-limiter.js';
import { createTestDatabase, type TestDatabase } from '../support/postgres.js';
import { addPerson } from '../support/people.js';
import { seedProject, seedRun } from '../support/seeded-project.js';

const ONE = { requests: 1, tokens: 0 };
const nothingBack = { requests: 0, tokens: 0 };

let database: TestDatabase;
let pools: OpenDatabase[];
let count = 0;
let account: string;

beforeAll(async () => {
  database = await createTestDatabase();
  pools = [createDatabase(database.appUrl), createDatabase(database.appUrl)];
  await seedProject(pools[0]!.db);
  await addPerson(pools[0]!.db, { id: 'sam', project: 'other', roles: ['author'] });
});
afterAll(async () => {
  await Promise.all(pools.map((pool) => pool.close()));
  await database.drop();
});
beforeEach(() => {
  account = `account-${++count}`;
});

const shared = (index: number): AccountLimits => createAccountLimits(pools[index]!.db);
const limiter = (index: number, limits: ProviderLimits): AccountLimiter =>
  createAccountLimiter({ account, limits, shared: shared(index), worker: `worker-${index}` });
const take = (index: number, limits: ProviderLimits, project = 'default', calls = 1, underWay = 0) =>
  shared(index).takeCalls({
    account,
    limits,
    worker: `worker-${index}`,
    underWay,
    givenBack: nothingBack,
    demands: calls === 0 ? [] : [{ project, calls: Array.from({ length: calls }, () => ONE) }],
  });

/** Seconds, by the database's clock. */
async function databaseTime(): Promise<number> {
  const { rows } = await pools[0]!.db.execute<{ at: number }>(
    sql`select extract(epoch from clock_timestamp())::float8 as at`,
  );
  return rows[0]!.at;
}

describe('the rate of a provider account', () => {
  it('is exceeded by no number of takers of two workers, by the clock of the database', async () => {
    const limits = { requestsPerMinute: 1_200 };
    const before = await databaseTime();
    const limiters = [limiter(0, limits), limiter(1, limits)];
    const until = performance.now() + 2_500;
    const begun: number[] = [];
    const lane = async (index: number, project: string): Promise<void> => {
      while (performance.now() < until) {
        const end = await limiters[index]!.begin({ project, cost: ONE, signal: undefined });
        begun.push(performance.now());
        end();
      }
    };
    await Promise.all(Array.from({ length: 24 }, (_, index) => lane(index % 2, index % 3 === 0 ? 'other' : 'default')));
    const seconds = (await databaseTime()) - before;
    expect(begun.length).toBeLessThanOrEqual(burstOf(1_200) + refillPerSecond(1_200) * seconds);
    // And it is used: no call was lost on its way.
    expect(begun.length).toBeGreaterThan(burstOf(1_200));
  });

  it('asks the database once for many calls', async () => {
    let rounds = 0;
    const store = shared(0);
    const counting = createAccountLimiter({
      account,
      limits: { requestsPerMinute: 60_000 },
      worker: 'worker-0',
      shared: { ...store, takeCalls: (demand) => ((rounds += 1), store.takeCalls(demand)) },
    });
    for (let batch = 0; batch < 20; batch += 1) {
      await Promise.all(
        Array.from({ length: 10 }, async () => {
          const end = await counting.begin({ project: 'default', cost: ONE, signal: undefined });
          end();
        }),
      );
    }
    expect(rounds).toBeLessThanOrEqual(40);
  });

  it('is settled by what calls did cost: those that cost more are waited for by others', async () => {
    const limits = { tokensPerMinute: 60_000 };
    const first = limiter(0, limits);
    const end = await first.begin({ project: 'default', cost: { requests: 1, tokens: 100 }, signal: undefined });
    end({ tokens: 50_000 });
    await expect
      .poll(async () => {
        const { rows } = await pools[0]!.db.execute<{ level: number }>(
          sql`select tokens_level as level from provider_account where name = ${account}`,
        );
        return rows[0]?.level;
      })
      .toBeLessThan(-40_000);
    const others = await shared(1).takeCalls({
      account,
      limits,
      worker: 'worker-1',
      underWay: 0,
      givenBack: nothingBack,
      demands: [{ project: 'default', calls: [{ requests: 1, tokens: 1 }] }],
    });
    expect(others.granted).toEqual({});
  });
});

describe('the places of a provider account', () => {
  it('are never more than it has, whoever takes them, and are all used', async () => {
    const limits = { concurrentRequests: 5 };
    const limiters = [limiter(0, limits), limiter(1, limits)];
    let underWay = 0;
    let most = 0;
    let done = 0;
    const call = async (index: number): Promise<void> => {
      const end = await limiters[index % 2]!.begin({ project: 'default', cost: ONE, signal: undefined });
      underWay += 1;
      most = Math.max(most, underWay);
      await sleep(5);
      underWay -= 1;
      done += 1;
      end();
    };
    await Promise.all(Array.from({ length: 60 }, (_, index) => call(index)));
    expect(done).toBe(60);
    expect(most).toBeLessThanOrEqual(5);
    expect(most).toBeGreaterThan(1);
  });

  it('come free by themselves when the worker that held them says nothing more', async () => {
    const limits = { concurrentRequests: 2 };
    expect(await take(0, limits, 'default', 2)).toMatchObject({ granted: { default: 2 } });
    expect(await take(1, limits)).toMatchObject({ granted: {} });
    // What fifteen seconds do.
    await pools[0]!.db.execute(sql`
      update provider_lease set expires_at = clock_timestamp() where account = ${account} and worker = 'worker-0'`);
    expect(await take(1, limits)).toMatchObject({ granted: { default: 1 } });
  });

  it('are kept by a worker that renews its lease', async () => {
    const limits = { concurrentRequests: 2 };
    await take(0, limits, 'default', 2);
    const leaseEnd = async () =>
      (
        await pools[0]!.db.execute<{ at: number }>(
          sql`select extract(epoch from expires_at)::float8 as at from provider_lease where account = ${account}`,
        )
      ).rows[0]!.at;
    const before = await leaseEnd();
    await take(0, limits, 'default', 0, 2);
    expect(await leaseEnd()).toBeGreaterThan(before);
    expect(await take(1, limits)).toMatchObject({ granted: {} });
  });

  it('are left at once by a call that is cancelled while it waits', async () => {
    const one = limiter(0, { concurrentRequests: 1 });
    const end = await one.begin({ project: 'default', cost: ONE, signal: undefined });
    const controller = new AbortController();
    const waiting = one.begin({ project: 'default', cost: ONE, signal: controller.signal });
    controller.abort(new Error('cancelled'));
    await expect(waiting).rejects.toThrow('cancelled');
    const next = one.begin({ project: 'default', cost: ONE, signal: undefined });
    end();
    (await next)();
  });
});

describe('projects that wait for one account', () => {
  it('are served in turn, however many calls one of them has waiting at another worker', async () => {
    const limits = { concurrentRequests: 4 };
    await take(0, limits, 'default', 4);
    await take(0, limits, 'default', 30, 4);
    await take(1, limits, 'other', 30);
    // Two places come free: each project takes one.
    expect(await take(0, limits, 'default', 30, 2)).toMatchObject({ granted: { default: 1 } });
    expect(await take(1, limits, 'other', 30)).toMatchObject({ granted: { other: 1 } });
  });

  it('lose their turn when the worker that asked for them says nothing more', async () => {
    const limits = { concurrentRequests: 2 };
    await take(0, limits, 'default', 2);
    await take(1, limits, 'other', 5);
    await pools[0]!.db.execute(
      sql`update provider_waiter set expires_at = clock_timestamp() where account = ${account}`,
    );
    expect(await take(0, limits, 'default', 5, 0)).toMatchObject({ granted: { default: 2 } });
  });
});

describe('a provider that asks to wait', () => {
  it('holds the account back for every worker, also where nothing is limited, and for no longer', async () => {
    const one = limiter(0, {});
    const other = limiter(1, {});
    (await other.begin({ project: 'default', cost: ONE, signal: undefined }))();
    const before = await databaseTime();
    await one.hold(1_600);
    await one.hold(200);
    expect((await take(1, {})).heldMilliseconds).toBeGreaterThan(0);
    // Within a second every worker knows.
    await sleep(1_050);
    await Promise.all(
      [one, other].map(async (each) => (await each.begin({ project: 'default', cost: ONE, signal: undefined }))()),
    );
    expect((await databaseTime()) - before).toBeGreaterThanOrEqual(1.6);
  });

  it('makes nobody wait where Postgres is away and nothing is limited', async () => {
    const away = createAccountLimiter({
      account,
      limits: {},
      worker: 'worker-0',
      shared: { takeCalls: () => Promise.reject(new Error('away')), holdBack: () => Promise.resolve() },
    });
    (await away.begin({ project: 'default', cost: ONE, signal: undefined }))();
  });

  it('lets who is limited wait while Postgres is away, and begin when it is back', async () => {
    const store = shared(0);
    let isAway = true;
    const limited = createAccountLimiter({
      account,
      limits: { concurrentRequests: 1 },
      worker: 'worker-0',
      shared: {
        ...store,
        takeCalls: (demand) => (isAway ? Promise.reject(new Error('away')) : store.takeCalls(demand)),
      },
    });
    const waiting = limited.begin({ project: 'default', cost: ONE, signal: undefined });
    isAway = false;
    (await waiting)();
  });
});

describe('the view of the accounts', () => {
  it('says how full each is at this moment, who waits, and what is owed', async () => {
    const limits = { requestsPerMinute: 60, tokensPerMinute: 600, concurrentRequests: 2, concurrentJobs: 1 };
    const [one, two] = [await seedRun(pools[0]!.db), await seedRun(pools[0]!.db)];
    for (const runId of [one, two]) await shared(0).takeJob({ account, limits, runId });
    await shared(0).takeCalls({
      account,
      limits,
      worker: 'worker-0',
      underWay: 1,
      givenBack: { requests: 0, tokens: -1_000 },
      demands: [{ project: 'default', calls: [ONE, ONE, ONE] }],
    });
    await shared(0).holdBack(account, 60_000);
    const view = (await listAccounts(pools[1]!.db)).find((each) => each.account === account);
    expect(view).toMatchObject({ limits, callsUnderWay: 1, callsWaiting: 3 });
    expect(view?.tokensLeft).toBeLessThan(-900);
    expect(view?.jobs).toEqual([
      { runId: one, project: 'default', isWaiting: false },
      { runId: two, project: 'default', isWaiting: true },
    ]);
    expect(view?.heldUntil?.getTime()).toBeGreaterThan(Date.now());
  });
});

describe('places of training jobs', () => {
  const limits = { concurrentJobs: 1 };
  const started: string[] = [];
  const startTraining = async (): Promise<string> => {
    const runId = await seedRun(pools[0]!.db);
    await createRunStore(pools[0]!.db).beginStage(runId, 'fine-tune');
    started.push(runId);
    return runId;
  };
  afterEach(() => void started.splice(0));
  const takeJob = (runId: string, index = 0) => shared(index).takeJob({ account, limits, runId });

  it('are held by a run, whichever worker asks for it, and given to the next when its job ends', async () => {
    const [one, two] = [await startTraining(), await startTraining()];
    expect(await takeJob(one)).toBe(true);
    expect(await takeJob(two)).toBe(false);
    expect(await takeJob(one, 1)).toBe(true);
    await shared(1).endJob(account, one);
    expect(await takeJob(two)).toBe(true);
  });

  it('come free with the end of the run’s training stage, whoever ended it', async () => {
    const [one, two] = [await startTraining(), await startTraining()];
    await takeJob(one);
    expect(await takeJob(two)).toBe(false);
    const failed = { runId: one, stage: 'fine-tune', status: 'failed', summary: {}, evidence: [] } as const;
    await createRunStore(pools[0]!.db).finishStage({ ...failed, evidence: [] });
    expect(await takeJob(two)).toBe(true);
  });

  it('go to who has waited longest, and to no more than there are places for when all ask at once', async () => {
    const runs = await Promise.all(Array.from({ length: 6 }, startTraining));
    const first = await Promise.all(runs.map((runId, index) => takeJob(runId, index % 2)));
    expect(first.filter(Boolean)).toHaveLength(1);
    const holder = runs[first.indexOf(true)]!;
    const { rows } = await pools[0]!.db.execute<{ run: string }>(sql`
      select run_id as run from provider_job where account = ${account} and taken_at is null order by asked_at, run_id`);
    await shared(0).endJob(account, holder);
    const [next, ...later] = rows.map(({ run }) => run);
    for (const runId of later) expect(await takeJob(runId)).toBe(false);
    expect(await takeJob(next!)).toBe(true);
  });
});
