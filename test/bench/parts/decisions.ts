import { createPrivateKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { sql } from 'drizzle-orm';
import { signRequest } from '../../support/sign-request.js';
import { toyPlan } from '../../support/toy-plan.js';
import type { SupervisedProcess } from '../../../cli/dev/supervised-process.js';
import { requestRun, untilEnded } from '../lifecycles.js';
import type { Part } from '../part.js';
import { processUse } from '../process-use.js';
import { inParallel, percentile, repeatedly } from '../statistics.js';
import type { World } from '../world.js';

export interface DecisionFigures {
  waiting: number;
  measured: number;
  p50Milliseconds: number;
  p99Milliseconds: number;
  /** Of each process, by how much it grew for a request that waits; null where that is not measured. */
  kilobytesPerRequest: Record<Server, number | null>;
}

const SERVERS = ['worker', 'postgres', 'temporal'] as const;
type Server = (typeof SERVERS)[number];

/** The last signature of an approval to the first row of the next stage, while many others wait for people. */
export const decisions: Part = {
  name: 'decisions',
  title: 'From the last decision to the next stage',
  async run({ world: open, isQuick, say }) {
    const world = await open();
    const [sizes, measured] = isQuick ? [[3, 6], 2] : [[500, 5_000], 60];
    const worker = await world.startWorker('worker');
    const figures: DecisionFigures[] = [];
    try {
      const before = memory(world, worker);
      for (const waiting of sizes) {
        const open = await openRequests(world, waiting + measured);
        const kilobytesPerRequest = growth(before, memory(world, worker), waiting + measured);
        const took = await sign(world, open.slice(0, measured));
        const [p50Milliseconds, p99Milliseconds] = [percentile(took, 0.5), percentile(took, 0.99)];
        figures.push({ waiting, measured, p50Milliseconds, p99Milliseconds, kilobytesPerRequest });
        say(`${waiting} waiting: p50 ${p50Milliseconds.toFixed(0)} ms, p99 ${p99Milliseconds.toFixed(0)} ms`);
      }
    } finally {
      await endRest(world);
      await worker.stop();
    }
    return {
      columns: ['waiting', 'p50 ms', 'p99 ms', ...SERVERS.map((server) => `${server} KB a request`)],
      rows: figures.map(({ waiting, p50Milliseconds, p99Milliseconds, kilobytesPerRequest }) => [
        String(waiting),
        p50Milliseconds,
        p99Milliseconds,
        ...SERVERS.map((server) => kilobytesPerRequest[server] ?? '–'),
      ]),
      notes: [
        `${measured} requests of two signatures, one after the other, by the clock of Postgres`,
        'KB a request: growth of the process since before the first was asked for, over those that wait',
      ],
      figures,
    };
  },
};

type Memory = Record<Server, number | undefined>;

function memory({ postgres, temporal }: World, worker: SupervisedProcess): Memory {
  const megabytes = (pid: number | undefined) => processUse(pid)?.memoryMegabytes;
  return {
    worker: megabytes(worker.pid),
    postgres: megabytes(postgres.pid()),
    temporal: megabytes(temporal.pid()),
  };
}

function growth(before: Memory, after: Memory, requests: number): DecisionFigures['kilobytesPerRequest'] {
  const of = (server: Server): number | null => {
    const [from, to] = [before[server], after[server]];
    return from === undefined || to === undefined ? null : ((to - from) * 1024) / requests;
  };
  return { worker: of('worker'), postgres: of('postgres'), temporal: of('temporal') };
}

/** @returns for each, from the last signature to the next stage, in ms */
async function sign(world: World, requestIds: readonly string[]): Promise<number[]> {
  const privateKey = createPrivateKey(readFileSync(world.keys.decisionKeyFile));
  for (const requestId of requestIds) {
    await signRequest(world.db, { requestId, instance: world.instance, privateKey });
    await untilEnded(world, [requestId]);
  }
  return Promise.all(requestIds.map((runId) => delay(world, runId)));
}

const STANDSTILL_MILLISECONDS = 120_000;

/** Asks for so many more that this many wait. @returns the ids of those that do */
async function openRequests(world: World, count: number): Promise<string[]> {
  const plan = toyPlan({ name: 'bench-approval' });
  const missing = count - (await waiting(world)).length;
  await repeatedly(missing, 8, async () => void (await requestRun(world, plan)));
  let best = 0;
  for (let progressAt = Date.now(); ;) {
    const ids = await waiting(world);
    if (ids.length >= count) return ids;
    if (ids.length > best) [best, progressAt] = [ids.length, Date.now()];
    if (Date.now() - progressAt > STANDSTILL_MILLISECONDS)
      throw new Error(`${ids.length} of ${count} approvals wait, and no other for two minutes`);
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}

/** The runs that wait for signatures, latest first. */
async function waiting({ db }: World): Promise<string[]> {
  const { rows } = await db.execute<{ id: string }>(sql`
    select s.run_id as id from stage_run s join lifecycle_run r on r.id = s.run_id
    where s.stage = 'approve' and s.status = 'waiting' and r.ended_at is null and r.name = 'bench-approval'
    order by s.started_at desc`);
  return rows.map(({ id }) => id);
}

async function delay({ db }: World, runId: string): Promise<number> {
  const { rows } = await db.execute<{ ms: number }>(sql`
    select extract(epoch from s.started_at - (select max(decided_at) from decision where request_id = ${runId}))::float8
      * 1000 as ms
    from stage_run s where s.run_id = ${runId} and s.stage = 'step-1'`);
  return rows[0]!.ms;
}

/** What nobody decides any more does not keep the next parts of the bench company. */
async function endRest({ client }: World): Promise<void> {
  const open = client.workflow.list({ query: `WorkflowType = 'lifecycleWorkflow' and ExecutionStatus = 'Running'` });
  const ids: string[] = [];
  for await (const { workflowId } of open) ids.push(workflowId);
  // The list lags behind: some have ended by themselves.
  const end = (id: string) =>
    client.workflow
      .getHandle(id)
      .terminate('the bench is over')
      .catch(() => undefined);
  await inParallel(ids, 8, async (id) => void (await end(id)));
}
