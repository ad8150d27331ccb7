import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createBreakableLine, type BreakableLine } from '../support/breakable-line.js';
import { startStack, type Stack } from '../support/stack.js';
import { toyPlan } from '../support/toy-plan.js';

const OUTAGE_MILLISECONDS = Number(process.env['ASSAY_TEST_OUTAGE_MILLISECONDS'] ?? 4_000);

let stack: Stack;
let toPostgres: BreakableLine;
let toTemporal: BreakableLine;

const startWorker = (): Promise<void> => {
  const databaseUrl = new URL(stack.databaseUrl);
  databaseUrl.host = toPostgres.address;
  return stack.startWorker({ databaseUrl: databaseUrl.href, temporalAddress: toTemporal.address });
};

beforeAll(async () => {
  stack = await startStack('outage', 600);
  const { hostname, port } = new URL(stack.databaseUrl);
  toPostgres = await createBreakableLine({ host: hostname, port: Number(port) });
  const [host = '', temporalPort] = stack.temporal.address.split(':');
  toTemporal = await createBreakableLine({ host, port: Number(temporalPort) });
  await startWorker();
});
afterAll(async () => {
  await stack.stop();
  await toPostgres.close();
  await toTemporal.close();
});

const planFor = (alias: string) => toyPlan({ name: alias, deploy: { ...toyPlan().deploy, alias } });

async function without(line: BreakableLine): Promise<void> {
  line.cut();
  await pause(OUTAGE_MILLISECONDS);
  line.mend();
}

describe('a worker', () => {
  it('outlives Postgres and Temporal being away, and its run ends as if nothing had been', async () => {
    const run = await stack.requestRun(planFor('outage'));
    await stack.untilIn(run, 'curate');
    await without(toPostgres);
    await stack.untilAsked(run);
    toTemporal.cut();
    await stack.sign(run);
    await pause(OUTAGE_MILLISECONDS);
    toTemporal.mend();
    await stack.until(run, ({ status }) => status === 'succeeded', 90);
    expect(stack.isWorkerAlive()).toBe(true);
    expect((await stack.client.fineTuning.jobs.list()).data).toHaveLength(1);
  });

  it('ends soon when it is told to, which is no cancel of the run that it worked on', async () => {
    const run = await stack.requestRun(planFor('stopped'));
    await stack.untilIn(run, 'fine-tune');
    const toldAt = Date.now();
    expect(await stack.endWorker()).toBe(0);
    expect(Date.now() - toldAt).toBeLessThan(30_000);
    await startWorker();
    await stack.untilAsked(run);
    await stack.sign(run);
    await stack.until(run, ({ status }) => status === 'succeeded');
    expect((await stack.client.fineTuning.jobs.list()).data).toHaveLength(2);
  });
});
