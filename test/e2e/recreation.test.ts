import { rm } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createEvidenceStore } from '../../db/stores/evidence-store.js';
import { createRunRequests } from '../../db/stores/run-requests.js';
import { runView } from '../../db/views/runs.js';
import { digestOf } from '../../domain/evidence/canonical.js';
import { startStack, type Stack } from '../support/stack.js';
import { PROJECT } from '../support/seeded-project.js';
import { toyPlan } from '../support/toy-plan.js';

let stack: Stack;
let original: string;
beforeAll(async () => {
  stack = await startStack('recreated', 400);
  await stack.startWorker();
  original = await stack.requestRun(toyPlan());
  await stack.untilAsked(original);
});
afterAll(() => stack.stop());

const makeAgain = async (startKey: string): Promise<string> => {
  const { versionId } = (await runView(stack.db, original))!;
  const plan = toyPlan();
  const asked = { project: PROJECT, plan, planDigest: digestOf(plan), requestedBy: 'ada', startKey };
  return (await createRunRequests(stack.db).requestRun({ ...asked, recreates: versionId! })).runId;
};

/** How it ended, and the grade on file. */
async function gradeOf(runId: string) {
  const { status, reason, evidence, requestId } = await stack.untilEnded(runId);
  const id = evidence.find(({ kind }) => kind === 'recreation')?.id;
  const fact = id === undefined ? null : await createEvidenceStore(stack.db).load(id);
  return { status, reason, requestId, body: fact?.body };
}

describe('a model that is made again', () => {
  it('has grade A where the provider is deterministic, by a training of its own, and asks nobody for an approval', async () => {
    const again = await makeAgain('first');
    const { status, requestId, body } = await gradeOf(again);
    expect(body).toMatchObject({ version: 'toy-triage@1', run: again, grade: 'A' });
    expect({ status, requestId }).toEqual({ status: 'succeeded', requestId: null });
    expect((await runView(stack.db, again))?.versionId).toBe('toy-triage-recreated@1');
    expect((await stack.client.fineTuning.jobs.list()).data).toHaveLength(2);
  });

  it('has grade C where what its source held is gone, and says so', async () => {
    const { evidence } = (await runView(stack.db, original))!;
    const card = evidence.find(({ kind }) => kind === 'source-card')!;
    const { subject } = await createEvidenceStore(stack.db).load(card.id);
    await rm(stack.blobPath(subject));
    const { status, reason, body } = await gradeOf(await makeAgain('second'));
    expect(status).toBe('refused');
    expect(reason).toMatch(
      /grade C: It could not be made again: collect: The sealed bytes of what the source toys held/,
    );
    expect(body).toMatchObject({ grade: 'C' });
  });
});
