import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { Worker } from '@temporalio/worker';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Activities } from '../../activities/create-activities.js';
import { createRetrainActivities } from '../../activities/retraining.js';
import type { RunStore } from '../../domain/ports/run-store.js';
import type { RetrainFacts, RetrainStore } from '../../domain/ports/traffic-store.js';
import { workflowBundle } from '../../workers/bundle.js';
import { generateKeyPairSync } from 'node:crypto';
import { openRequest, signedDecision, signedWaiver } from '../support/approval-files.js';
import { approvalsInMemory } from '../support/approvals-in-memory.js';
import { quietRuntime } from '../support/workflow-worker.js';
import { createTimeSkippingEnvironment, hasTimeSkippingServer } from '../support/time-skipping-server.js';

const DAY = 86_400_000;
const WEEK = 7 * DAY;

describe.skipIf(!hasTimeSkippingServer())('days that pass', () => {
  let environment: TestWorkflowEnvironment;
  beforeAll(async () => {
    quietRuntime();
    environment = await createTimeSkippingEnvironment();
  });
  afterAll(() => environment?.teardown());

  async function withWorker<T>(taskQueue: string, activities: Partial<Activities>, work: () => Promise<T>): Promise<T> {
    const worker = await Worker.create({
      connection: environment.nativeConnection,
      taskQueue,
      activities,
      workflowBundle: await workflowBundle(fileURLToPath(new URL('../../.assay/cache', import.meta.url))),
    });
    return worker.runUntil(work);
  }

  const startApproval = (requestId: string) =>
    environment.client.workflow.start('approveWorkflow', {
      taskQueue: requestId,
      workflowId: `approval/${requestId}`,
      args: [{ requestId, expiresAfterMilliseconds: WEEK }],
    });

  const emptyFile = () => ({
    request: structuredClone(openRequest),
    decisions: [],
    waivers: [],
    now: '2026-01-02T00:00:00.000Z',
  });

  it('ends an approval as expired after seven days without a decision', async () => {
    const { activities, closed } = approvalsInMemory(emptyFile());
    await withWorker('expiry', activities, async () => {
      const before = await environment.currentTimeMs();
      expect(await (await startApproval('expiry')).result()).toBe('expired');
      expect((await environment.currentTimeMs()) - before).toBeGreaterThanOrEqual(WEEK - DAY / 24);
    });
    expect(closed).toEqual(['expired']);
  });

  it('attack 1: does not count a forged signal, keeps the deadline, and says so', async () => {
    const { activities, attempts, closed, add } = approvalsInMemory(emptyFile());
    const forged = add(signedDecision('ruth', 'risk', {}, generateKeyPairSync('ed25519').privateKey));
    await withWorker('forged', activities, async () => {
      const handle = await startApproval('forged');
      await handle.signal('signOff', { decisionId: 'never-stored' });
      await handle.signal('signOff', { decisionId: forged });
      expect(await handle.result()).toBe('expired');
    });
    expect(attempts).toEqual([
      { decisionId: 'never-stored', reason: 'no such decision is on file' },
      { decisionId: forged, reason: 'its signature does not verify' },
    ]);
    expect(closed).toEqual(['expired']);
  });

  it('counts who signed in time, even where the word of it comes after the deadline or never', async () => {
    const { activities, closed, add } = approvalsInMemory(emptyFile());
    await withWorker('late-word', activities, async () => {
      const handle = await startApproval('late-word');
      await environment.sleep(3 * DAY);
      add(signedDecision('ruth', 'risk'));
      add(signedDecision('leo', 'legal'));
      add(signedWaiver('leo'));
      expect(await handle.result()).toBe('approved');
    });
    expect(closed).toEqual(['approved']);
  });

  it('approves on the third day, when the last signature comes in, and counts a repeated message once', async () => {
    const { activities, closed, add } = approvalsInMemory(emptyFile());
    await withWorker('third-day', activities, async () => {
      const handle = await startApproval('third-day');
      await handle.signal('signOff', { decisionId: add(signedDecision('ruth', 'risk')) });
      await handle.signal('signOff', { decisionId: 'decision-ruth-risk' });
      await environment.sleep(3 * DAY);
      expect(await handle.query('approvalState')).toMatchObject({ state: 'open', unwaived: ['QD3'] });
      await handle.signal('signOff', { decisionId: add(signedWaiver('leo')) });
      await handle.signal('signOff', { decisionId: add(signedDecision('leo', 'legal')) });
      expect(await handle.result()).toBe('approved');
    });
    expect(closed).toEqual(['approved']);
  });

  it('reminds at half and nine tenths of the time and asks others in between, as long as somebody is missing', async () => {
    const { activities, said, closed, add } = approvalsInMemory(emptyFile());
    await withWorker('reminders', activities, async () => {
      const handle = await environment.client.workflow.start('approveWorkflow', {
        taskQueue: 'reminders',
        workflowId: 'approval/reminders',
        args: [
          {
            requestId: 'reminders',
            expiresAfterMilliseconds: WEEK,
            marks: [
              { kind: 'reminder', percent: 50, afterMilliseconds: WEEK / 2 },
              { kind: 'escalation', stage: 'release', role: 'risk', to: 'ml-lead', afterMilliseconds: 4 * DAY },
              { kind: 'reminder', percent: 90, afterMilliseconds: 0.9 * WEEK },
            ],
          },
        ],
      });
      await environment.sleep(5 * DAY);
      expect(said).toEqual(['reminded at 50 %', 'ml-lead for risk']);
      for (const row of [signedDecision('ruth', 'risk'), signedDecision('leo', 'legal'), signedWaiver('leo')])
        await handle.signal('signOff', { decisionId: add(row) });
      expect(await handle.result()).toBe('approved');
    });
    expect(said).toHaveLength(2);
    expect(closed).toEqual(['approved']);
  });

  it('starts a retrain when the cool-down of seven days is over, without another trigger', async () => {
    const requested: number[] = [];
    const startedAt = await environment.currentTimeMs();
    const facts = async (): Promise<RetrainFacts> => ({
      trigger: { id: 't-1', kind: 'drift' },
      startedRunId: null,
      driftedWindows: 2,
      newLabels: 1_000,
      championRunId: 'run-1',
      runningRunId: null,
      lastRetrainAt: new Date(startedAt).toISOString(),
      now: new Date(await environment.currentTimeMs()).toISOString(),
    });
    const retrain = {
      facts,
      settle: async () => undefined,
      requestRun: async () => {
        requested.push(await environment.currentTimeMs());
        return { runId: 'run-2' };
      },
    } as unknown as RetrainStore;
    const onDrift = { windows: 2, coolDownMilliseconds: WEEK, minimumLabels: 1_000 };
    const runs = { load: async () => ({ plan: { retrain: { onDrift } } }) } as unknown as RunStore;
    await withWorker('cool-down', createRetrainActivities({ runs, retrain }), async () => {
      const handle = await environment.client.workflow.signalWithStart('retrainWorkflow', {
        taskQueue: 'cool-down',
        workflowId: 'retrain/default/email-triage',
        args: [{ project: 'default', name: 'email-triage' }],
        signal: 'trigger',
        signalArgs: [{ id: 't-1' }],
      });
      await environment.sleep(6 * DAY);
      expect(requested).toEqual([]);
      await environment.sleep(2 * DAY);
      await expect.poll(() => requested.length).toBe(1);
      expect(requested[0]! - startedAt).toBeGreaterThanOrEqual(WEEK);
      await handle.terminate();
    });
  });
});
