import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { digestOf } from '../../domain/evidence/canonical.js';
import { createScenario } from '../support/scenario.js';
import { ownNamespace, startWorkers, type RunningWorkers } from '../support/workflow-worker.js';

const scenario = createScenario();
let workers: RunningWorkers;
beforeAll(async () => {
  workers = await startWorkers(await ownNamespace(inject('temporal').address, 'asked-again'), scenario.activities);
});
afterAll(() => workers.stop());

const judged = (outcome: 'approved' | 'voided' | 'pending' | 'changes-requested', reason = 'judged') => ({
  outcome,
  missing: [],
  unwaived: [],
  reason,
});

describe('people who are asked about what has changed', () => {
  it('are asked again about what there is now, once it was judged anew', async () => {
    const opened: unknown[] = [];
    const closed: unknown[] = [];
    const evaluations = [digestOf('first'), digestOf('second')];
    let times = 0;
    scenario.perform({
      judgeEvaluation: async () => ({ evaluations: [evaluations[times++]!], gates: digestOf('gates'), refusal: null }),
      openApproval: async ({ runId, round, evaluated }) => {
        opened.push({ round, evaluated: evaluated.evaluations });
        return { requestId: `${runId}.${round}`, marks: [] };
      },
      considerDecision: async ({ requestId }) =>
        requestId.endsWith('.1') ? judged('voided', 'another version is live') : judged('approved'),
      closeApproval: async ({ requestId, state }) => void closed.push([requestId.split('.')[1], state]),
    });
    const result = await (await scenario.startRun(workers)).result();
    expect(result).toEqual({ status: 'succeeded', reason: null });
    expect(opened).toEqual([
      { round: 1, evaluated: [evaluations[0]] },
      { round: 2, evaluated: [evaluations[1]] },
    ]);
    expect(closed).toEqual([
      ['1', 'voided'],
      ['2', 'approved'],
    ]);
  });

  it('are not asked again where the gates say no to what there is now', async () => {
    let times = 0;
    scenario.perform({
      judgeEvaluation: async () => {
        const refusal = times++ === 0 ? null : 'gate triage/f1-macro is fail: it is worse than what is live';
        return { evaluations: [], gates: digestOf('gates'), refusal };
      },
      considerDecision: async () => judged('voided', 'another version is live'),
    });
    expect(await (await scenario.startRun(workers)).result()).toEqual({
      status: 'refused',
      reason: 'gate triage/f1-macro is fail: it is worse than what is live',
    });
    expect(scenario.calls()).not.toContain('shiftTraffic');
  });

  it('are asked ten times at the most', async () => {
    let rounds = 0;
    scenario.perform({
      openApproval: async ({ runId, round }) => {
        rounds += 1;
        return { requestId: `${runId}.${round}`, marks: [] };
      },
      considerDecision: async () => judged('voided', 'it changes all the time'),
    });
    expect(await (await scenario.startRun(workers)).result()).toMatchObject({ status: 'refused' });
    expect(rounds).toBe(10);
  });

  it('may ask for changes, which ends the run without an error', async () => {
    scenario.perform({ considerDecision: async () => judged('changes-requested') });
    const result = await (await scenario.startRun(workers)).result();
    expect(result).toEqual({ status: 'refused', reason: 'people asked for changes' });
  });
});

describe('an approval that is told to look again', () => {
  it('looks once however often it is told, and counts nothing by it', async () => {
    const looks: (string | null)[] = [];
    let isChanged = false;
    scenario.perform({
      openApproval: async ({ runId, round }) => ({ requestId: `${runId}.${round}`, marks: [] }),
      considerDecision: async ({ requestId, decisionId }) => {
        looks.push(decisionId);
        if (requestId.endsWith('.2')) return judged('approved');
        return isChanged ? judged('voided', 'another version is live') : judged('pending');
      },
    });
    const run = await scenario.startRun(workers);
    await expect.poll(() => looks.length).toBe(1);
    isChanged = true;
    const approval = workers.client.workflow.getHandle(`approval/${run.workflowId.split('/').at(-1)}.1`);
    await approval.signal('lookAgain');
    expect(await run.result()).toEqual({ status: 'succeeded', reason: null });
    expect(new Set(looks)).toEqual(new Set([null]));
  });
});
