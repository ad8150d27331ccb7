import { Context } from '@temporalio/activity';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { Activities } from '../../activities/create-activities.js';
import { createDoor, createScenario } from '../support/scenario.js';
import { ownNamespace, startWorkers, type RunningWorkers } from '../support/workflow-worker.js';

const scenario = createScenario();
let workers: RunningWorkers;
beforeAll(async () => {
  workers = await startWorkers(await ownNamespace(inject('temporal').address, 'cancelled'), scenario.activities);
});
afterAll(() => workers.stop());

const CANCELLED = { status: 'cancelled', reason: 'cancelled on command' };
const cancels: Partial<Activities> = { takeCommand: async () => ({ kind: 'cancel' }) };

describe('a run that is cancelled', () => {
  it('while it submits its job, cancels the job after the submission has ended, without knowing its id', async () => {
    const door = createDoor();
    const seen: string[] = [];
    scenario.perform({
      ...cancels,
      submitTraining: async () => {
        const { cancelled, heartbeat } = Context.current();
        const beat = setInterval(() => heartbeat.call(Context.current()), 200);
        await door.pass();
        await cancelled.catch(() => undefined);
        clearInterval(beat);
        await new Promise((resolve) => setTimeout(resolve, 300));
        seen.push('submission ended');
        throw Context.current().cancellationSignal.reason;
      },
      cancelTraining: async ({ jobId }) => void seen.push(`cancelled ${jobId}`),
    });
    const handle = await scenario.startRun(workers);
    await expect.poll(door.isReached).toBe(true);
    door.open();
    await handle.signal('command', { id: 'cancel' });
    expect(await handle.result()).toEqual(CANCELLED);
    expect(seen).toEqual(['submission ended', 'cancelled null']);
  });

  it('says so when its job could not be cancelled, and ends all the same', async () => {
    const door = createDoor();
    const failed: string[] = [];
    scenario.perform({
      ...cancels,
      followTraining: async () => {
        await door.pass();
        for (;;)
          await Context.current()
            .sleep(100)
            .finally(() => Context.current().heartbeat());
      },
      cancelTraining: async () => {
        const { ApplicationFailure } = await import('@temporalio/common');
        throw ApplicationFailure.create({ type: 'PROVIDER', message: 'the key is not valid', nonRetryable: true });
      },
      failStage: async ({ message }) => void failed.push(message),
    });
    const handle = await scenario.startRun(workers);
    await expect.poll(door.isReached).toBe(true);
    door.open();
    await handle.signal('command', { id: 'cancel' });
    expect(await handle.result()).toEqual(CANCELLED);
    expect(failed).toEqual(['The run was cancelled, but its training job may still go on: the key is not valid']);
  });

  it('while traffic is being moved, puts the alias back from where the move left it', async () => {
    const door = createDoor();
    const back: unknown[] = [];
    scenario.perform({
      ...cancels,
      shiftTraffic: async ({ revision, before }) => {
        await door.pass();
        return { ...before, revision: revision + 1 };
      },
      rollBack: async ({ revision, before }) => void back.push({ revision, before: before.revision }),
    });
    const handle = await scenario.startRun(workers);
    await expect.poll(door.isReached).toBe(true);
    await handle.signal('command', { id: 'cancel' });
    setTimeout(door.open, 500);
    expect(await handle.result()).toEqual(CANCELLED);
    expect(back).toEqual([{ revision: 4, before: 3 }]);
  });

  it('while it waits for people, voids the request once', async () => {
    const closed: string[] = [];
    scenario.perform({
      ...cancels,
      considerDecision: async () => ({ outcome: 'pending', missing: [], unwaived: [], reason: 'judged' }),
      closeApproval: async ({ state, reason }) => {
        scenario.calls().push('closeApproval');
        closed.push(`${state}: ${reason}`);
      },
    });
    const handle = await scenario.startRun(workers);
    await expect.poll(() => scenario.calls().includes('approve')).toBe(true);
    await handle.signal('command', { id: 'cancel' });
    expect(await handle.result()).toEqual(CANCELLED);
    expect(closed[0]).toBe('voided: the run was cancelled');
    expect(new Set(closed.map((line) => line.split(':')[0]))).toEqual(new Set(['voided']));
    expect(scenario.ended()).toEqual([CANCELLED]);
  });

  it('while it begins to ask people, ends as soon as the approval is there', async () => {
    scenario.perform({
      ...cancels,
      // The signal comes in the very task that starts the approval: the server has not started it yet.
      openApproval: async ({ runId }) => {
        await workers.client.workflow.getHandle(`lifecycle/default/${runId}`).signal('command', { id: 'cancel' });
        return { requestId: runId, marks: [] };
      },
      considerDecision: async () => ({ outcome: 'pending', missing: [], unwaived: [], reason: 'judged' }),
    });
    // Whether the server is that late is a matter of luck: of a dozen runs at once it was for some.
    const handles = await Promise.all(Array.from({ length: 12 }, () => scenario.startRun(workers)));
    for (const handle of handles) expect(await handle.result()).toEqual(CANCELLED);
  });

  it('once it has ended is not ended in another way', async () => {
    const door = createDoor();
    scenario.perform({
      ...cancels,
      finishRun: async ({ status, reason }) => {
        await door.pass();
        scenario.ended().push({ status, reason });
      },
    });
    const handle = await scenario.startRun(workers);
    await expect.poll(door.isReached).toBe(true);
    await handle.cancel();
    setTimeout(door.open, 300);
    expect(await handle.result()).toEqual({ status: 'succeeded', reason: null });
    // At least once: a workflow task that a cancel overtook is done again, with the local activities in it.
    expect(new Set(scenario.ended().map(({ status }) => status))).toEqual(new Set(['succeeded']));
  });
});
