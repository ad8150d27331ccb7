import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Activities } from '../../activities/create-activities.js';
import { createActivityWorld, type ActivityWorld } from '../support/activity-world.js';

let world: ActivityWorld;
beforeAll(async () => {
  world = await createActivityWorld(2);
});
afterAll(() => world.close());

const runId = 'run-0';
const curated = { splits: [], dataset: 'sha256:0', answers: 'sha256:0' } as const;
const release = { runId, versionId: 'nothing@1', requestId: runId };

/** Every activity that a workflow gives a heartbeat time-out, with an input that names nothing. */
const LONG: { [N in keyof Activities]?: Parameters<Activities[N]>[0] } = {
  collectSources: { runId, uri: 'file:toys' },
  curateData: { runId, sources: [] },
  submitTraining: { runId, curated: { ...curated, splits: [] } },
  followTraining: { runId, jobId: 'job-0' },
  cancelTraining: { runId, jobId: 'job-0' },
  sealModel: { runId, jobId: 'job-0', curated: { ...curated, splits: [] } },
  predictTask: { runId, task: 'triage', curated: { ...curated, splits: [] }, versionId: 'nothing@1' },
  judgeEvaluation: {
    runId,
    curated: { ...curated, splits: [] },
    model: { versionId: 'nothing@1', training: 'sha256:0', subject: 'sha256:0' },
    predictions: [],
  },
  checkRelease: release,
  verifyServing: release,
  ensureSchedules: { runId },
};

describe('an activity that may take long', () => {
  it.each(Object.keys(LONG) as (keyof typeof LONG)[])('beats before it waits for anything: %s', async (name) => {
    const { result, heartbeats } = world.attempt(name, LONG[name] as never);
    expect(heartbeats).toHaveLength(1);
    await expect(result).rejects.toMatchObject({ type: 'NOT_FOUND', nonRetryable: true });
  });

  it('beats while it judges a window, and judges none of an alias where nothing is live', async () => {
    const { result, heartbeats } = world.attempt('judgeWindow', { project: 'default', alias: 'nothing' });
    expect(heartbeats).toHaveLength(1);
    expect(await result).toEqual({ windowId: null, verdict: 'too-few', triggerId: null });
  });
});
