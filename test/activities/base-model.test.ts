import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { digestBytes } from '../../domain/evidence/canonical.js';
import type { LifecyclePlan } from '../../domain/lifecycle-file/plan.js';
import type { ChatRequest, ModelPort } from '../../domain/ports/model.js';
import type { PromptText } from '../../domain/prompts/prompt.js';
import { createActivityWorld, type ActivityWorld } from '../support/activity-world.js';
import { answeringModel } from '../support/answering-model.js';
import { PROJECT } from '../support/seeded-project.js';
import { toyPlan } from '../support/toy-plan.js';

let world: ActivityWorld;
beforeAll(async () => {
  world = await createActivityWorld(200);
});
afterAll(() => world.close());

const promptOf = (text: string): PromptText => ({ from: './sort.md', digest: digestBytes(text), text });
const SORT = promptOf('Answer "spam" or "ham".\n--- user ---\n{{input}}\n');

/** A lifecycle that trains nothing, of a model that the provider already serves. */
function promptedPlan(prompt: PromptText | undefined, alias = 'prompted'): LifecyclePlan {
  const model = { provider: 'local', base: { id: 'served', card: null }, ...(prompt && { prompt }) };
  return toyPlan({ name: alias, train: null, model, deploy: { ...toyPlan().deploy, alias } });
}

/** What a model was told, beside its answers. */
function listeningModel(): { local: ModelPort; heard: ChatRequest[] } {
  const { model } = answeringModel();
  const heard: ChatRequest[] = [];
  return { heard, local: { ...model, chat: (request, signal) => (heard.push(request), model.chat(request, signal)) } };
}

describe('a lifecycle without a training', () => {
  it('makes a version of the base model and the prompt, once, and says that nothing was trained', async () => {
    const { runId } = await world.curatedRun(promptedPlan(SORT));
    const taken = await world.perform('takeBaseModel', { runId });
    expect(await world.perform('takeBaseModel', { runId })).toEqual(taken);
    const version = await world.dependencies.registry.version(PROJECT, taken.versionId);
    expect(version).toMatchObject({ baseModel: 'served', evidence: taken.training });
    expect(version.trained).toEqual({ provider: 'local', model: 'served', jobId: null, weights: null, prompt: SORT });
    const { kind, body } = await world.dependencies.evidence.load(taken.training);
    expect(kind).toBe('base-model');
    expect(body).toMatchObject({ baseModel: 'served', provider: 'local', prompt: SORT });
    const { rows } = await world.db.execute<{ status: string }>(
      sql`select status from stage_run where run_id = ${runId} and stage = 'fine-tune'`,
    );
    expect(rows).toEqual([{ status: 'skipped' }]);
  });

  it('is another subject with another prompt, and the same with the same', async () => {
    const subjectWith = async (prompt: PromptText | undefined) =>
      (await world.perform('takeBaseModel', { runId: await world.requestRun(promptedPlan(prompt)) })).subject;
    const [one, again, other, none] = [
      await subjectWith(SORT),
      await subjectWith({ ...SORT, from: 'sort@1' }),
      await subjectWith(promptOf('Sort it.')),
      await subjectWith(undefined),
    ];
    expect(again).toBe(one);
    expect(new Set([one, other, none]).size).toBe(3);
  });

  it('asks the candidate with its prompt and the champion with its own', async () => {
    const { local, heard } = listeningModel();
    world.dependencies.models = { local };
    const first = await world.approvedRun(promptedPlan(promptOf('The first prompt.'), 'two-prompts'));
    const { route: before, refusal } = await world.perform('checkRelease', first.release);
    expect(refusal).toBeNull();
    let { revision } = before;
    for (const step of [0, 1])
      ({ revision } = await world.perform('shiftTraffic', { ...first.release, before, step, revision }));

    heard.length = 0;
    const { runId, curated } = await world.curatedRun(promptedPlan(SORT, 'two-prompts'));
    const model = await world.perform('takeBaseModel', { runId });
    const predicted = await world.perform('predictTask', {
      runId,
      task: 'triage',
      curated,
      versionId: model.versionId,
    });
    // The champion was asked these items in its own run, whose answers stand.
    expect(heard.every(({ messages }) => messages[0]?.content === 'Answer "spam" or "ham".')).toBe(true);
    expect(heard.every(({ messages }) => messages.length === 2)).toBe(true);
    expect(predicted.champion?.subject).toBe(first.model.subject);
  });

  it('binds the base model and the digest of the prompt', async () => {
    world.dependencies.models = { local: answeringModel().model };
    const { release } = await world.approvedRun(promptedPlan(SORT, 'bound'));
    const { request } = await world.dependencies.approvals.load(release.requestId);
    expect(request.subject).toMatchObject({
      baseModel: 'served',
      weights: { provider: 'local', model: 'served', prompt: SORT.digest },
    });
    expect(request.terms.quote).toEqual({ costMicroUsd: 0, tokens: 0, basis: 'nothing is trained' });
  });
});
