import { ApplicationFailure } from '@temporalio/common';
import { WorkflowFailedError } from '@temporalio/client';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { createScenario } from '../support/scenario.js';
import { ownNamespace, startWorkers, type RunningWorkers } from '../support/workflow-worker.js';

const scenario = createScenario();
const { perform, startRun } = scenario;
const now = {
  get calls() {
    return scenario.calls();
  },
  get ended() {
    return scenario.ended();
  },
};
let workers: RunningWorkers;
const start = () => startRun(workers);

beforeAll(async () => {
  workers = await startWorkers(await ownNamespace(inject('temporal').address, 'lifecycle'), scenario.activities);
});
afterAll(() => workers.stop());
beforeEach(() => perform());

describe('a run of a lifecycle', () => {
  it('goes through its stages in order and ends as succeeded', async () => {
    const result = await (await start()).result();
    expect(result).toEqual({ status: 'succeeded', reason: null });
    const stages = ['collect', 'curate', 'fine-tune', 'evaluate', 'approve', 'deploy', 'monitor'];
    expect(now.calls.filter((name) => stages.includes(name))).toEqual(stages);
    expect(now.calls.filter((name) => name === 'shiftTraffic')).toHaveLength(2);
    expect(now.ended).toEqual([{ status: 'succeeded', reason: null }]);
  });

  it('submits no job where another run has left the model, and one where what was left cannot be used', async () => {
    const origin = { runId: 'run-0', kind: 'content' as const };
    const model = { versionId: 'email-triage@2', training: 'sha256:0', subject: 'sha256:0' };
    const asked: unknown[] = [];
    let left: typeof model | null = model;
    const found = {
      beginStage: async ({ stage }: { stage: string }) => (stage === 'fine-tune' ? origin : null),
      reuseStage: async (input: unknown) => {
        asked.push(input);
        return left;
      },
    };
    perform(found);
    const run = await start();
    expect(await run.result()).toMatchObject({ status: 'succeeded' });
    expect(asked).toEqual([{ runId: run.workflowId.split('/').at(-1), stage: 'fine-tune', origin }]);
    expect(now.calls).not.toContain('submitTraining');

    left = null;
    perform(found);
    expect(await (await start()).result()).toMatchObject({ status: 'succeeded' });
    expect(now.calls.filter((name) => name === 'submitTraining')).toHaveLength(1);
  });

  it('ends as refused when a gate says no, and asks nobody for approval', async () => {
    const answer = { evaluations: [], gates: 'sha256:0' as const, refusal: 'gate triage/f1-macro is fail' };
    perform({ judgeEvaluation: async () => answer });
    expect(await (await start()).result()).toEqual({ status: 'refused', reason: answer.refusal });
    expect(now.calls).not.toContain('approve');
  });

  it('ends as refused when a person says no, and moves no traffic', async () => {
    perform({
      considerDecision: async () => ({ outcome: 'rejected', missing: [], unwaived: [], reason: 'somebody said no' }),
    });
    expect(await (await start()).result()).toEqual({ status: 'refused', reason: 'the approval was rejected' });
    expect(now.calls).not.toContain('shiftTraffic');
  });

  it('moves no traffic when what was approved is not what lies there', async () => {
    const route = { alias: 'email-triage', revision: 3, routes: [], champion: null };
    perform({
      checkRelease: async () => ({ refusal: 'the weights are not what was approved', isChanged: true, route }),
    });
    const result = await (await start()).result();
    expect(result).toEqual({ status: 'refused', reason: 'the weights are not what was approved' });
    expect(now.calls).not.toContain('shiftTraffic');
  });

  it('puts the alias back when the version stops serving while it bakes', async () => {
    perform({
      verifyServing: async () => {
        throw ApplicationFailure.create({ type: 'NOT_FOUND', message: 'it is gone', nonRetryable: true });
      },
    });
    await expect((await start()).result()).rejects.toThrow(WorkflowFailedError);
    expect(now.calls).toContain('rollBack');
    expect(now.ended).toEqual([{ status: 'failed', reason: 'it is gone' }]);
  });

  it('cancels the remote job of a run that is cancelled while it trains', async () => {
    let isFollowing = false;
    perform({
      followTraining: async () => {
        const { Context } = await import('@temporalio/activity');
        isFollowing = true;
        for (;;) {
          Context.current().heartbeat();
          await Context.current().sleep(100);
        }
      },
      takeCommand: async ({ commandId }) => (commandId === 'real' ? { kind: 'cancel' as const } : undefined),
    });
    const handle = await start();
    await expect.poll(() => isFollowing).toBe(true);
    await handle.signal('command', { id: 'forged' });
    await handle.signal('command', { id: 'real' });
    expect(await handle.result()).toEqual({ status: 'cancelled', reason: 'cancelled on command' });
    expect(now.calls).toContain('cancelTraining');
  });

  it('stops before the next stage while it is paused', async () => {
    let letCurateEnd = (): void => undefined;
    const curated = new Promise<void>((resolve) => (letCurateEnd = resolve));
    perform({
      curateData: async () => {
        await curated;
        return { splits: [], dataset: 'sha256:0' as const, answers: 'sha256:0' as const };
      },
      takeCommand: async ({ commandId }) => ({
        kind: commandId === 'pause' ? ('pause' as const) : ('resume' as const),
      }),
    });
    const handle = await start();
    await expect.poll(() => now.calls.includes('curate')).toBe(true);
    await handle.signal('command', { id: 'pause' });
    await expect.poll(() => handle.query('lifecycleState')).toMatchObject({ status: 'paused' });
    letCurateEnd();
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(now.calls).not.toContain('fine-tune');
    await handle.signal('command', { id: 'resume' });
    expect(await handle.result()).toMatchObject({ status: 'succeeded' });
  });
});
