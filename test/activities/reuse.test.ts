import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Digest } from '../../domain/kernel/digest.js';
import type { ModelPort } from '../../domain/ports/model.js';
import { createRunRequests } from '../../db/stores/run-requests.js';
import { digestOf } from '../../domain/evidence/canonical.js';
import { createActivityWorld, type ActivityWorld } from '../support/activity-world.js';
import { answeringModel } from '../support/answering-model.js';
import { PROJECT } from '../support/seeded-project.js';
import { toyPlan } from '../support/toy-plan.js';

let world: ActivityWorld;
beforeAll(async () => {
  world = await createActivityWorld(200);
});
afterAll(() => world.close());

const serving = (...names: string[]): { models: Record<string, ModelPort> } => ({
  models: { local: { ...answeringModel().model, list: async () => names } },
});
const lose = (artifact: Digest): Promise<void> => {
  const hex = artifact.slice('sha256:'.length);
  return rm(join(world.folder, 'artifacts', 'blobs', 'sha256', hex.slice(0, 2), hex));
};

/** A run whose data is curated, each stage under its key. */
async function curated(name: string) {
  const plan = toyPlan({ name, purpose: name });
  const runId = await world.requestRun(plan);
  await world.perform('beginStage', { runId, stage: 'collect' });
  const sources = await world.perform('collectSources', { runId, uri: 'file:toys' });
  await world.perform('finishCollect', { runId, sources });
  const begun = await world.perform('beginStage', { runId, stage: 'curate', given: { sources } });
  return { plan, runId, sources, begun };
}

describe('a stage that another run has done', () => {
  it('is taken over where the same was collected, and done where an artifact of it is lost', async () => {
    const first = await curated('first');
    expect(first.begun).toBeNull();
    const result = await world.perform('curateData', { runId: first.runId, sources: first.sources });
    const second = await curated('second');
    expect(second.begun).toEqual({ runId: first.runId, kind: 'content' });
    const reuse = { runId: second.runId, stage: 'curate', origin: second.begun! } as const;
    await lose(result.splits[0]!.artifact);
    expect(await world.perform('reuseStage', reuse)).toBeNull();
    // Doing it again puts back what was lost.
    expect(await world.perform('curateData', { runId: second.runId, sources: second.sources })).toEqual(result);
    const third = await curated('third');
    const again = { runId: third.runId, stage: 'curate', origin: third.begun! } as const;
    expect(await world.perform('reuseStage', again)).toEqual(result);
  });

  it('is no way for a fork where an artifact is lost, which says so', async () => {
    const parent = await curated('parent');
    await world.perform('curateData', { runId: parent.runId, sources: parent.sources });
    const forkedFrom = { runId: parent.runId, stage: 'fine-tune' as const };
    const { plan } = parent;
    const asked = { project: PROJECT, plan, planDigest: digestOf(plan), requestedBy: 'ada', startKey: 'fork' };
    const { runId } = await createRunRequests(world.db).requestRun({ ...asked, forkedFrom });
    const origin = await world.perform('beginStage', { runId, stage: 'collect' });
    expect(origin).toEqual({ runId: parent.runId, kind: 'fork' });
    await lose(parent.sources[0]!.parsed);
    const refused = world.attempt('reuseStage', { runId, stage: 'collect', origin: origin! }).result;
    await expect(refused).rejects.toMatchObject({
      type: 'ARTIFACT',
      nonRetryable: true,
      message: expect.stringMatching(/What collect left in run-\d+ cannot be used: artifact .* Fork from collect/),
    });
  });

  it('leaves a model only where its provider still serves it', async () => {
    const { runId } = await world.curatedRun();
    const curatedData = { dataset: digestOf('d'), splits: [] };
    const given = { curated: curatedData };
    await world.perform('beginStage', { runId, stage: 'fine-tune', given });
    const model = await world.registered(runId);
    const left = { training: model.training, subject: model.subject };
    const summary = { weights: model.subject };
    await world.dependencies.runs.finishStage({
      runId,
      stage: 'fine-tune',
      status: 'succeeded',
      summary,
      result: left,
      evidence: [],
    });
    const other = await world.requestRun();
    const origin = (await world.perform('beginStage', { runId: other, stage: 'fine-tune', given }))!;
    const reuse = { runId: other, stage: 'fine-tune', origin } as const;
    expect(await world.attempt('reuseStage', reuse, { over: serving('another') }).result).toBeNull();
    const taken = await world.attempt('reuseStage', reuse, { over: serving(`ft:${runId}`) }).result;
    expect(taken).toMatchObject({ ...left, versionId: expect.stringMatching(/^toy-triage@/) });
    expect(taken!['versionId']).not.toBe(model.versionId);
  });

  it('says nothing of a champion that it was not compared with, and binds who asked for the work', async () => {
    world.dependencies.models = serving().models;
    const { runId, curated: data } = await world.curatedRun();
    const model = await world.registered(runId);
    const given = { curated: data, model };
    await world.perform('beginStage', { runId, stage: 'evaluate', given });
    const { versionId } = model;
    const predictions = [await world.perform('predictTask', { runId, task: 'triage', curated: data, versionId })];
    const evaluated = await world.perform('judgeEvaluation', { runId, curated: data, model, predictions });
    expect(evaluated.refusal).toBeNull();
    const plan = toyPlan();
    const asked = { project: PROJECT, plan, planDigest: digestOf(plan), requestedBy: 'leo', startKey: 'leo' };
    const { runId: other } = await createRunRequests(world.db).requestRun(asked);
    const origin = (await world.perform('beginStage', { runId: other, stage: 'evaluate', given }))!;
    expect(origin).toEqual({ runId, kind: 'content' });
    const reuse = { runId: other, stage: 'evaluate', origin } as const;
    const champion = { route: async () => ({ alias: 'toy-triage', revision: 1, routes: [], champion: versionId }) };
    const registry = { ...world.dependencies.registry, ...champion };
    expect(await world.attempt('reuseStage', reuse, { over: { registry } }).result).toBeNull();
    expect(await world.perform('reuseStage', reuse)).toEqual(evaluated);
    const opened = { runId: other, curated: data, model, evaluated };
    const { requestId } = await world.perform('openApproval', opened);
    const { terms } = (await world.dependencies.approvals.load(requestId)).request;
    expect(terms).toMatchObject({ requester: 'leo', alsoRequested: ['ada'] });
  });
});
