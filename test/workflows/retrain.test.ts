import { ApplicationFailure } from '@temporalio/common';
import type { WorkflowHandle } from '@temporalio/client';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { ConsideredTrigger } from '../../activities/retraining.js';
import { createDoor, createScenario } from '../support/scenario.js';
import { ownNamespace, startWorkers, type RunningWorkers } from '../support/workflow-worker.js';

const scenario = createScenario();
let workers: RunningWorkers;
beforeAll(async () => {
  workers = await startWorkers(await ownNamespace(inject('temporal').address, 'retrain'), scenario.activities);
});
afterAll(() => workers.stop());

const START: ConsideredTrigger = { action: 'start', kind: 'drift', reason: 'drift' };
const waits = (kind: ConsideredTrigger['kind'], afterMilliseconds: number | null = null): ConsideredTrigger => ({
  action: 'wait',
  kind,
  reason: 'not yet',
  afterMilliseconds,
});

const trigger = (name: string, id: string): Promise<WorkflowHandle> =>
  workers.client.workflow.signalWithStart('retrainWorkflow', {
    taskQueue: 'assay',
    workflowId: `retrain/default/${name}`,
    args: [{ project: 'default', name }],
    signal: 'trigger',
    signalArgs: [{ id }],
  });

describe('the entity that retrains a model', () => {
  it('looks again when the run ends while the trigger that waits for it is being considered', async () => {
    const door = createDoor();
    let considered = 0;
    scenario.perform({
      considerTrigger: async () => {
        considered += 1;
        if (considered > 1) return START;
        await door.pass();
        return waits('drift');
      },
    });
    const handle = await trigger('ends-meanwhile', 't-1');
    await expect.poll(door.isReached).toBe(true);
    await handle.signal('runEnded', { runId: 'run-1' });
    door.open();
    await expect.poll(() => considered).toBe(2);
    await handle.terminate();
  });

  it('lets no forged trigger take the place of one that waits for its time', async () => {
    const seen: string[] = [];
    scenario.perform({
      considerTrigger: async ({ triggerId }) => {
        seen.push(triggerId);
        if (triggerId === 'forged') return waits(null);
        return seen.filter((id) => id === 'real').length > 1 ? START : waits('drift', 1_500);
      },
    });
    const handle = await trigger('forged', 'real');
    await expect.poll(() => seen.length).toBe(1);
    await handle.signal('trigger', { id: 'forged' });
    await expect.poll(() => seen).toEqual(['real', 'forged', 'real']);
    await handle.terminate();
  });

  it('keeps one waiting trigger of each kind, and looks at all of them when a run ends', async () => {
    const seen: string[] = [];
    scenario.perform({
      considerTrigger: async ({ triggerId }) => {
        seen.push(triggerId);
        return waits(triggerId.startsWith('drift') ? 'drift' : 'schedule');
      },
    });
    const handle = await trigger('kinds', 'drift-1');
    await handle.signal('trigger', { id: 'clock' });
    await handle.signal('trigger', { id: 'drift-2' });
    await expect.poll(() => seen.length).toBe(3);
    await handle.signal('runEnded', { runId: 'run-1' });
    await expect.poll(() => seen.slice(3).sort()).toEqual(['clock', 'drift-2']);
    await handle.terminate();
  });

  it('goes on after a trigger that cannot be considered', async () => {
    const seen: string[] = [];
    scenario.perform({
      considerTrigger: async ({ triggerId }) => {
        seen.push(triggerId);
        if (triggerId === 'broken')
          throw ApplicationFailure.create({ type: 'NOT_FOUND', message: 'no such plan', nonRetryable: true });
        return START;
      },
    });
    const handle = await trigger('broken', 'broken');
    await expect.poll(() => seen.length).toBe(1);
    await handle.signal('trigger', { id: 'sound' });
    await expect.poll(() => seen).toEqual(['broken', 'sound']);
    expect((await handle.describe()).status.name).toBe('RUNNING');
    await handle.terminate();
  });
});
