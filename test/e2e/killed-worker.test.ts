import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startStack, type Stack } from '../support/stack.js';
import { toyPlan } from '../support/toy-plan.js';

let stack: Stack;
beforeAll(async () => {
  stack = await startStack('killed', 1_200);
  await stack.startWorker();
});
afterAll(() => stack.stop());

/** What two runs of the same plan must agree on, whatever happened on the way; the model's name holds the run's. */
async function digestsOf(runId: string) {
  const { datasets, baseModel, weights, evaluations, gateVerdicts, dataAnswers } = (await stack.approvals.load(runId))
    .request.subject;
  const digest = 'digest' in weights ? weights.digest : null;
  return { datasets, baseModel, digest, evaluations, gateVerdicts, dataAnswers };
}

/** The same lifecycle under an alias of its own, so that neither run has the other's version as its champion. */
const planFor = (alias: string) => toyPlan({ name: alias, deploy: { ...toyPlan().deploy, alias } });

describe('a worker that is killed', () => {
  it('leaves a run that ends with the same digests, one job and each decision counted once', async () => {
    const quiet = await stack.requestRun(planFor('quiet'));
    await stack.untilAsked(quiet);
    await stack.sign(quiet);
    await stack.until(quiet, ({ status }) => status === 'succeeded');

    const killed = await stack.requestRun(planFor('killed'));
    for (const stage of ['fine-tune', 'evaluate'] as const) {
      await stack.untilIn(killed, stage);
      await stack.killWorker();
      await stack.startWorker();
    }
    await stack.untilAsked(killed);
    await stack.killWorker();
    await stack.sign(killed);
    await stack.startWorker();
    await stack.until(killed, ({ status }) => status === 'succeeded');

    expect(await digestsOf(killed)).toEqual(await digestsOf(quiet));
    const jobs = await stack.client.fineTuning.jobs.list();
    expect(jobs.data).toHaveLength(2);
    const { decisions, request } = await stack.approvals.load(killed);
    expect(decisions).toHaveLength(2);
    expect(request.state).toBe('approved');
  });
});
