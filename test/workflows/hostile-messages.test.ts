import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { createDoor, createScenario } from '../support/scenario.js';
import { ownNamespace, startWorkers, type RunningWorkers } from '../support/workflow-worker.js';

const scenario = createScenario();
let workers: RunningWorkers;
beforeAll(async () => {
  workers = await startWorkers(await ownNamespace(inject('temporal').address, 'hostile'), scenario.activities);
});
afterAll(() => workers.stop());

/** What anybody who reaches Temporal may send in place of an id. */
const NONSENSE: [unknown?][] = [
  [],
  [null],
  ['text'],
  [{ id: 7, decisionId: 7 }],
  [{}],
  [{ id: 'a\0b', decisionId: 'a\0b' }],
];

describe('messages that are none of ours', () => {
  it('stop no run: each is looked up as what it is, and finds no row', async () => {
    const door = createDoor();
    const looked: string[] = [];
    scenario.perform({
      curateData: async () => {
        await door.pass();
        return { splits: [], dataset: 'sha256:0', answers: 'sha256:0' };
      },
      takeCommand: async ({ commandId }) => {
        looked.push(commandId);
        if (commandId === 'text') throw new TypeError('a row that nobody can read');
        return undefined;
      },
    });
    const handle = await scenario.startRun(workers);
    await expect.poll(door.isReached).toBe(true);
    for (const args of NONSENSE.filter(([sent]) => sent !== 'text')) await handle.signal('command', ...args);
    await expect.poll(() => looked.length).toBe(NONSENSE.length - 1);
    door.open();
    expect(await handle.result()).toMatchObject({ status: 'succeeded' });
    expect(looked).toEqual([
      'not an id: undefined',
      'not an id: null',
      'not an id: 7',
      'not an id: undefined',
      'a\u{FFFD}b',
    ]);
  });

  it('attack 1: stop no approval, decide nothing by whatever name, and are looked up, so that they are audited', async () => {
    const looked: (string | null)[] = [];
    scenario.perform({
      considerDecision: async ({ decisionId }) => {
        looked.push(decisionId);
        const outcome = decisionId === 'real' ? ('approved' as const) : ('pending' as const);
        return { outcome, missing: [], unwaived: [], reason: 'judged' };
      },
    });
    const handle = await workers.client.workflow.start('approveWorkflow', {
      taskQueue: 'assay',
      workflowId: 'approval/hostile',
      args: [{ requestId: 'hostile', expiresAfterMilliseconds: 60_000 }],
    });
    for (const args of NONSENSE) await handle.signal('signOff', ...args);
    await handle.signal('approve', { who: 'ruth', verdict: 'approve' });
    for (const name of ['approve', 'signOff', 'x'.repeat(900)]) {
      const update = handle.executeUpdate(name, { args: [{ who: 'leo', decisionId: 'real' }] });
      await expect(update).rejects.toMatchObject({ cause: { message: expect.stringMatching(/sign by the api/) } });
    }
    await handle.signal('signOff', { decisionId: 'real' });
    expect(await handle.result()).toBe('approved');
    expect(looked).toEqual(expect.arrayContaining(['signal approve', 'update approve', 'update signOff']));
    expect(looked.at(-1)).toBe('real');
    expect(looked.every((id) => id === null || !id.includes('\0'))).toBe(true);
  });

  it('are obeyed once where they are ours, in the order in which they came', async () => {
    const door = createDoor();
    const taken: string[] = [];
    scenario.perform({
      curateData: async () => {
        await door.pass();
        return { splits: [], dataset: 'sha256:0', answers: 'sha256:0' };
      },
      takeCommand: async ({ commandId }) => {
        // The first is slow: a later one must not overtake it.
        if (commandId === 'pause') await new Promise((resolve) => setTimeout(resolve, 400));
        taken.push(commandId);
        return { kind: commandId === 'pause' ? ('pause' as const) : ('resume' as const) };
      },
    });
    const handle = await scenario.startRun(workers);
    await expect.poll(door.isReached).toBe(true);
    for (const id of ['pause', 'resume', 'pause', 'resume']) await handle.signal('command', { id });
    await expect.poll(() => taken.length).toBe(2);
    door.open();
    expect(await handle.result()).toMatchObject({ status: 'succeeded' });
    expect(taken).toEqual(['pause', 'resume']);
  });
});
