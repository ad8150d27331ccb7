import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRegistryStore } from '../../db/stores/registry-store.js';
import { runView } from '../../db/views/runs.js';
import type { LifecyclePlan } from '../../domain/lifecycle-file/plan.js';
import { PROJECT } from '../support/seeded-project.js';
import { startStack, type Stack } from '../support/stack.js';
import { toyPlan } from '../support/toy-plan.js';

let stack: Stack;
beforeAll(async () => {
  stack = await startStack('forked', 400);
  await stack.startWorker();
});
afterAll(() => stack.stop());

const [gate] = toyPlan().evaluate.gates;
const SHORT = { epochs: 20 };
/** Which the provider does not know: it takes no such job. */
const WRONG = { warmUp: 3 };
const planWith = (hyperparameters: Record<string, number>, limit: number): LifecyclePlan =>
  toyPlan({
    train: { ...toyPlan().train!, hyperparameters },
    evaluate: { ...toyPlan().evaluate, gates: [{ ...gate!, limit } as typeof gate & object] },
  });
const jobs = async () => (await stack.client.fineTuning.jobs.list()).data;
const reusedBy = async (runId: string) =>
  Object.fromEntries(
    (await runView(stack.db, runId))!.stages.map(({ stage, reusedFromRun }) => [stage, reusedFromRun] as const),
  );

describe('a lifecycle that does not go well at first', () => {
  it('is put right from the stage that was wrong, and pays for no training twice', async () => {
    const failed = await stack.requestRun(planWith(WRONG, 1));
    expect(await stack.untilEnded(failed)).toMatchObject({ status: 'failed' });

    // From there on with what the provider knows. No model can be sure to be right always, so the gate says no.
    const strict = planWith(SHORT, 1);
    const refused = await stack.requestRun(strict, { forkedFrom: { runId: failed, stage: 'fine-tune' } });
    expect(await stack.untilEnded(refused)).toMatchObject({ status: 'refused' });
    expect(await reusedBy(refused)).toMatchObject({ collect: failed, curate: failed, 'fine-tune': null });

    // From evaluate on with a gate that can be passed: the model is there.
    const fair = planWith(SHORT, 0.8);
    const released = await stack.requestRun(fair, { forkedFrom: { runId: refused, stage: 'evaluate' } });
    await stack.untilAsked(released);
    await stack.sign(released);
    await stack.until(released, ({ status }) => status === 'succeeded');
    expect(await reusedBy(released)).toEqual({
      collect: failed,
      curate: failed,
      'fine-tune': refused,
      evaluate: null,
      approve: null,
      deploy: null,
      monitor: null,
    });
    const { champion } = await createRegistryStore(stack.db).route(PROJECT, 'toy-triage');
    expect(champion).toBe((await runView(stack.db, released))!.versionId);

    // Asked for once more, nothing has changed but what is live: only that comparison is made.
    const again = await stack.requestRun(fair, { mayReuse: true });
    await stack.untilAsked(again);
    expect(await reusedBy(again)).toEqual({
      collect: null,
      curate: failed,
      'fine-tune': refused,
      evaluate: null,
      approve: null,
    });
    expect(await jobs()).toHaveLength(1);
    for (const _ of [1, 2]) await stack.command(again, 'cancel').catch(() => undefined);
    expect(await stack.untilEnded(again)).toMatchObject({ status: 'cancelled' });
    await expect(stack.command(again, 'cancel')).rejects.toMatchObject({ code: 'CONFLICT' });
    expect((await stack.approvals.load(again)).request.state).toBe('voided');
  });
});
