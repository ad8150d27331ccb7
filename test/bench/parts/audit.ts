import { sql } from 'drizzle-orm';
import { Client } from 'pg';
import { markEventful } from '../../../db/audit/announce.js';
import { recordEvent } from '../../../db/audit/record-event.js';
import type { Database } from '../../../db/pool.js';
import { executePrepared } from '../../../db/prepared.js';
import { eventOf, exportOf, verifyLines } from '../../support/exported-log.js';
import type { Part } from '../part.js';
import { median } from '../statistics.js';
import type { World } from '../world.js';

export interface AuditFigures {
  changesPerSecond: number;
  transactionsPerSecond: number;
  timesUnaudited: number;
  largestLagSeconds: number;
  lockWaits: number;
  verifySeconds: number;
}

const WRITERS = 8;
const ENTRIES = 10_000;
const CHECKPOINT_EVERY = 50;

type Change = (db: Database, writer: number, n: number) => Promise<unknown>;

/** A change of a row and its event in one statement, as stages and runs are written. */
const inOneStatement: Change = async (db, writer, n) => {
  const subject = `${writer}-${n}-${Math.random()}`;
  await executePrepared(
    db,
    'bench_audited',
    sql`with changed as (update bench_changed set n = n + 1 where writer = ${writer} returning writer)
      insert into audit_event (project, actor, action, subject, details, event_key)
      select 'bench', 'bench', 'run.began', ${subject}, '{"n":1}'::jsonb, ${`bench/${subject}`} from changed`,
  );
  markEventful(db);
};

/** The same in a transaction of several statements, as most stores write. */
const inTransaction: Change = (db, writer, n) =>
  db.transaction(async (tx) => {
    await tx.execute(sql`update bench_changed set n = n + 1 where writer = ${writer}`);
    await recordEvent(tx, {
      project: 'bench',
      actor: 'bench',
      action: 'run.began',
      subject: `${writer}-${n}-${Math.random()}`,
    });
  });

const unaudited: Change = (db, writer) =>
  executePrepared(db, 'bench_bare', sql`update bench_changed set n = n + 1 where writer = ${writer}`);

/** Audited changes of eight writers beside the worker that chains and signs them; and how long an export takes to verify. */
export const audit: Part = {
  name: 'audit',
  title: `Audited changes from ${WRITERS} writers, and ${ENTRIES.toLocaleString('en')} entries verified`,
  async run({ world: open, isQuick }) {
    const world = await open();
    const seconds = isQuick ? 1 : 15;
    await makeTable(world);
    const worker = await world.startWorker('worker');
    try {
      // A worker that has just started chains within seconds, and a new connection is slow: neither is measured.
      await measure(world, { seconds: 1, change: inOneStatement });
      const warm = await untilSigned(world);
      const audited = await measure(world, { seconds, change: inOneStatement });
      const transactions = await measure(world, { seconds, change: inTransaction });
      const lag = await lags(world, warm);
      const bare = await measure(world, { seconds: Math.ceil(seconds / 3), change: unaudited });
      const verifySeconds = timeOfVerifying(isQuick ? 1 : 7);
      const lockWaits = audited.lockWaits + transactions.lockWaits;
      const figures: AuditFigures = {
        changesPerSecond: audited.perSecond,
        transactionsPerSecond: transactions.perSecond,
        timesUnaudited: bare.perSecond / audited.perSecond,
        largestLagSeconds: lag.largest,
        lockWaits,
        verifySeconds,
      };
      return {
        columns: ['', 'a second'],
        rows: [
          ['a change and its event in one statement', audited.perSecond],
          ['a change and its event in a transaction of two', transactions.perSecond],
          ['the change alone, no event', bare.perSecond],
        ],
        notes: [
          `without an event, times with one: ${figures.timesUnaudited.toFixed(2)}`,
          `from an event to the checkpoint over it: median ${lag.median.toFixed(2)} s, p99 ${lag.p99.toFixed(2)} s, longest ${lag.largest.toFixed(2)} s`,
          `writers seen waiting for a lock: ${lockWaits} in ${audited.looks + transactions.looks} looks at all of them`,
          `an export of ${ENTRIES} entries with a checkpoint every ${CHECKPOINT_EVERY}: verified in ${verifySeconds.toFixed(2)} s (median, from its lines in memory)`,
        ],
        figures,
      };
    } finally {
      await worker.stop();
    }
  },
};

const makeTable = ({ postgres }: World): Promise<void> =>
  asOwner(postgres.ownerUrl, [
    'create table if not exists bench_changed (writer integer primary key, n bigint not null default 0) with (fillfactor = 50)',
    `insert into bench_changed select n from generate_series(0, ${WRITERS - 1}) n on conflict do nothing`,
    'grant select, update on bench_changed to assay_app',
  ]);

async function asOwner(url: string, statements: readonly string[]): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  for (const statement of statements) await client.query(statement);
  await client.end();
}

async function measure(
  world: World,
  { seconds, change }: { seconds: number; change: Change },
): Promise<{ perSecond: number; lockWaits: number; looks: number }> {
  const looking = lookForLockWaits(world);
  const startedAt = performance.now();
  const until = startedAt + seconds * 1000;
  let changes = 0;
  const write = async (_: unknown, writer: number): Promise<void> => {
    for (let n = 0; performance.now() < until; n += 1) {
      await change(world.db, writer, n);
      changes += 1;
    }
  };
  await Promise.all(Array.from({ length: WRITERS }, write));
  const perSecond = (changes * 1000) / (performance.now() - startedAt);
  return { perSecond, ...(await looking.stop()) };
}

/** Looks every 20 ms, on a connection of its own, for writers that wait for a lock of another. */
function lookForLockWaits({ postgres }: World): { stop(): Promise<{ lockWaits: number; looks: number }> } {
  const stopping = new AbortController();
  let [lockWaits, looks] = [0, 0];
  const looking = (async () => {
    const client = new Client({ connectionString: postgres.ownerUrl });
    await client.connect();
    while (!stopping.signal.aborted) {
      const { rows } = await client.query<{ n: number }>(
        `select count(*)::int as n from pg_locks l join pg_stat_activity a using (pid)
         where not l.granted and a.application_name = 'assay-bench'`,
      );
      lockWaits += rows[0]!.n;
      looks += 1;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    await client.end();
  })();
  return {
    async stop() {
      stopping.abort();
      await looking;
      return { lockWaits, looks };
    },
  };
}

/** @returns how many entries are signed when all are */
async function untilSigned({ db }: World): Promise<number> {
  const counts = sql`select (select count(*) from audit_event)::int as "events",
    (select coalesce(max(size), 0) from audit_checkpoint)::int as "signed"`;
  for (let attempt = 0; attempt < 300; attempt += 1) {
    const { events, signed } = (await db.execute<{ events: number; signed: number }>(counts)).rows[0]!;
    if (events === signed) return signed;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('The log was not signed to its end within 30 s.');
}

/** From when each entry after the first ones was written to when the first checkpoint over it was, s. */
async function lags(world: World, first: number): Promise<{ median: number; p99: number; largest: number }> {
  await untilSigned(world);
  const { rows } = await world.db.execute<{ median: number; p99: number; largest: number }>(sql`
    with signed as (select size, lag(size, 1, 0::bigint) over (order by size) as before, at from audit_checkpoint),
    late as (select extract(epoch from s.at - e.at)::float8 as seconds
      from signed s join audit_leaf l on l.leaf_index >= s.before and l.leaf_index < s.size
      join audit_event e on e.id = l.event_id where l.leaf_index >= ${first})
    select percentile_disc(0.5) within group (order by seconds) as "median",
      percentile_disc(0.99) within group (order by seconds) as "p99", max(seconds) as "largest" from late`);
  return rows[0]!;
}

function timeOfVerifying(times: number): number {
  const events = Array.from({ length: ENTRIES }, (_, index) => eventOf(index));
  const sizes = Array.from({ length: ENTRIES / CHECKPOINT_EVERY }, (_, n) => (n + 1) * CHECKPOINT_EVERY);
  const lines = exportOf(events, { sizes });
  const took: number[] = [];
  for (let time = 0; time < times; time += 1) {
    const startedAt = performance.now();
    const { problems } = verifyLines(lines);
    if (problems.length > 0) throw new Error(problems[0]!.message);
    took.push((performance.now() - startedAt) / 1000);
  }
  return median(took);
}
