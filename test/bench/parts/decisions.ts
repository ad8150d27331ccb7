import { createPrivateKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { sql } from 'drizzle-orm';
import { signRequest } from '../../support/sign-request.js';
import { toyPlan } from '../../support/toy-plan.js';
import { requestRun, untilEnded } from '../lifecycles.js';
import type { Part } from '../part.js';
import { inParallel, percentile, repeatedly } from '../statistics.js';
import type { World } from '../world.js';

export interface DecisionFigures {
  waiting: number;
  measured: number;
  p50Milliseconds: number;
  p99Milliseconds: number;
}

/** The last signature of an approval to the first row of the next stage, while many others wait for people. */
export const decisions: Part = {
  name: 'decisions',
  title: 'From the last decision to the next stage',
  async run({ world: open, isQuick }) {
    const world = await open();
    const [waiting, measured] = isQuick ? [3, 2] : [500, 60];
    const worker = await world.startWorker('worker');
    try {
      const asked = await openRequests(world, waiting + measured);
      const signed = asked.slice(0, measured);
      const privateKey = createPrivateKey(readFileSync(world.keys.decisionKeyFile));
      for (const requestId of signed) {
        await signRequest(world.db, { requestId, instance: world.instance, privateKey });
        await untilEnded(world, [requestId]);
      }
      const took = await Promise.all(signed.map((runId) => delay(world, runId)));
      const figures: DecisionFigures = {
        waiting,
        measured,
        p50Milliseconds: percentile(took, 0.5),
        p99Milliseconds: percentile(took, 0.99),
      };
      return {
        columns: ['waiting', 'p50 ms', 'p99 ms'],
        rows: [[String(waiting), figures.p50Milliseconds, figures.p99Milliseconds]],
        notes: [`${measured} requests of two signatures, one after the other, by the clock of Postgres`],
        figures,
      };
    } finally {
      await endRest(world);
      await worker.stop();
    }
  },
};

async function openRequests(world: World, count: number): Promise<string[]> {
  const runIds: string[] = [];
  const plan = toyPlan({ name: 'bench-approval' });
  await repeatedly(count, 8, async () => void runIds.push(await requestRun(world, plan)));
  const waiting = sql`select count(*)::int as n from stage_run where stage = 'approve' and status = 'waiting'`;
  const deadline = Date.now() + 240_000;
  for (;;) {
    const { rows } = await world.db.execute<{ n: number }>(waiting);
    if (rows[0]!.n >= count) return runIds;
    if (Date.now() > deadline) throw new Error(`${rows[0]!.n} of ${count} approvals wait after four minutes`);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
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
