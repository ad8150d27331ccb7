import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runListSchema, runPreviewSchema, runViewSchema, startedForkSchema } from '../../domain/api/run.js';
import { createRunStore } from '../../db/stores/run-store.js';
import { digestOf } from '../../domain/evidence/canonical.js';
import type { Digest } from '../../domain/kernel/digest.js';
import { REUSABLE_STAGES, type ReusableStage } from '../../domain/kernel/states.js';
import { reuseKey, type StageInputs } from '../../domain/reuse/reuse-key.js';
import { openApi, type ApiUnderTest } from '../support/api-under-test.js';
import { factOf, seedRun } from '../support/seeded-project.js';
import { toyPlan } from '../support/toy-plan.js';

let api: ApiUnderTest;
beforeAll(async () => {
  api = await openApi();
});
afterAll(() => api.close());

const a = digestOf('a');
const plan = toyPlan();
const LEFT: Record<ReusableStage, Record<string, unknown>> = {
  collect: { sources: [{ id: 'toys', raw: a, parsed: a, card: a }] },
  curate: { dataset: a, splits: [], answers: a },
  'fine-tune': { training: a, subject: a },
  evaluate: { evaluations: [a], gates: a, refusal: null },
};
const inputs = { ...LEFT.collect, curated: LEFT.curate, model: LEFT['fine-tune'], champion: null } as StageInputs;

/** A run that failed in this stage. */
async function failedIn(at: ReusableStage | 'approve', name = plan.name, of = plan): Promise<string> {
  const runId = await seedRun(api.opened.db, name, { ...of, name });
  const store = createRunStore(api.opened.db);
  for (const stage of [...REUSABLE_STAGES, 'approve' as const]) {
    const key = stage === 'approve' ? null : reuseKey(stage, of, inputs);
    await store.beginStage(runId, stage, key);
    const isDone = stage !== at;
    const result = stage === 'approve' || !isDone ? {} : { result: LEFT[stage] };
    const fact = factOf({ runId, stage });
    const status = isDone ? 'succeeded' : 'failed';
    await store.finishStage({ runId, stage, status, summary: { stage }, ...result, evidence: [fact] });
    if (!isDone) break;
  }
  await store.finish(runId, 'failed', `${at} broke`);
  return runId;
}

const fork = (runId: string, body: object, token = api.tokens.ada) =>
  api.ask(token, 'POST', `/v1/runs/${runId}/forks`, body);
const reused = async (runId: string, stage: ReusableStage, key: Digest | null = null) => {
  const store = createRunStore(api.opened.db);
  const origin = await store.beginStage(runId, stage, key);
  return { origin, result: origin && (await store.reuseStage(runId, stage, origin)) };
};

describe('a fork', () => {
  it('is asked for once, however often and by however many at once', async () => {
    const runId = await failedIn('evaluate');
    const body = { from: 'evaluate', startKey: `once/${runId}` };
    const answers = await Promise.all(Array.from({ length: 8 }, () => fork(runId, body)));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    const forks = answers.map((answer) => startedForkSchema.parse(answer.body));
    expect(new Set(forks.map((one) => one.runId)).size).toBe(1);
    expect(forks[0]!.forkedFrom).toEqual({ runId, stage: 'evaluate' });
    expect((await fork(runId, { ...body, from: 'curate' })).body['detail']).toMatch(/which goes on from elsewhere/);
    const [one, other] = await Promise.all([fork(runId, { from: 'curate' }), fork(runId, { from: 'curate' })]);
    expect(one.body['runId']).not.toBe(other.body['runId']);
  });

  it('takes the stages before it over, does its own, and shows whose work it rests on', async () => {
    const runId = await failedIn('evaluate');
    const { runId: forked } = startedForkSchema.parse((await fork(runId, { from: 'fine-tune' })).body);
    await createRunStore(api.opened.db).begin(forked);
    const origin = { runId, kind: 'fork' };
    expect(await reused(forked, 'collect')).toEqual({ origin, result: LEFT.collect });
    expect(await reused(forked, 'curate', digestOf('other'))).toEqual({ origin, result: LEFT.curate });
    // Asked to be done: not even the same inputs stand for it.
    expect(await reused(forked, 'fine-tune', reuseKey('fine-tune', plan, inputs))).toMatchObject({ origin: null });
    const view = runViewSchema.parse((await api.ask(api.tokens.leo, 'GET', `/v1/runs/${forked}`)).body);
    expect(view).toMatchObject({ forkedFrom: { runId, stage: 'fine-tune' }, planDigest: digestOf(plan) });
    expect(view.stages.map(({ stage, reusedFrom }) => [stage, reusedFrom])).toEqual([
      ['collect', origin],
      ['curate', origin],
      ['fine-tune', null],
    ]);
    expect(view.stages[0]!.evidence).toHaveLength(1);

    const second = startedForkSchema.parse((await fork(forked, { from: 'curate' })).body);
    await createRunStore(api.opened.db).begin(second.runId);
    expect((await reused(second.runId, 'collect')).origin).toEqual(origin);
  });

  it('of a run that failed is a retry where it does not say from where', async () => {
    const runId = await failedIn('evaluate');
    expect((await fork(runId, {})).body).toMatchObject({ forkedFrom: { runId, stage: 'evaluate' } });
    const running = await seedRun(api.opened.db, plan.name, plan);
    expect(await fork(running, {})).toMatchObject({
      status: 409,
      body: { detail: expect.stringMatching(/is running/) },
    });
  });

  it('is refused with the key that does not fit, and to whoever may start no run', async () => {
    const runId = await failedIn('evaluate');
    const seed = { ...plan, train: { ...plan.train!, seed: 8 } };
    const changed = await fork(runId, { from: 'evaluate', plan: seed });
    expect(changed).toMatchObject({ status: 422, body: { detail: expect.stringMatching(/^train\.seed .*fine-tune/) } });
    expect((await fork(runId, { from: 'fine-tune', plan: seed })).status).toBe(201);
    expect(await fork(runId, { from: 'approve' })).toMatchObject({ status: 409 });
    expect(await fork(runId, { from: 'deploy' })).toMatchObject({ status: 422 });
    expect((await fork(runId, { from: 'curate' }, api.tokens.ruth)).status).toBe(403);
    expect((await fork(runId, { from: 'curate' }, api.tokens.stranger)).status).toBe(404);
    expect((await fork('run-0', { from: 'curate' })).status).toBe(404);
  });

  it('cannot be forged by whoever holds the password of the application role', async () => {
    const [runId, other] = [await failedIn('curate'), await failedIn('evaluate', 'other-lifecycle')];
    const insert = (parent: string, from: string) =>
      api.opened.pool.query(
        `insert into lifecycle_run (project, name, requested_by, start_key, plan, plan_digest, forked_from_run, forked_from_stage)
         values ('default', $1, 'ada', gen_random_uuid(), $2, $3, $4, $5)`,
        [plan.name, plan, digestOf(plan), parent, from],
      );
    await expect(insert(other, 'curate')).rejects.toMatchObject({ code: '42501' });
    await expect(insert(runId, 'evaluate')).rejects.toMatchObject({ code: '42501' });
    const signed = await failedIn('approve');
    await expect(insert(signed, 'deploy')).rejects.toMatchObject({ code: '42501' });
    const change = api.opened.pool.query(`update lifecycle_run set forked_from_run = $1 where id = $2`, [runId, other]);
    await expect(change).rejects.toMatchObject({ code: '42501' });
  });
});

describe('runs of a lifecycle', () => {
  it('are listed by name and status, with what they go on from', async () => {
    const failed = await failedIn('curate', 'listed');
    const { runId } = startedForkSchema.parse((await fork(failed, { plan: { ...plan, name: 'listed' } })).body);
    const list = async (query: string) =>
      runListSchema.parse((await api.ask(api.tokens.leo, 'GET', `/v1/runs?name=listed${query}`)).body).runs;
    expect((await list('')).map(({ id, forkedFrom }) => [id, forkedFrom?.runId])).toEqual([
      [runId, failed],
      [failed, undefined],
    ]);
    expect((await list('&status=failed')).map(({ id, stage }) => [id, stage])).toEqual([[failed, 'curate']]);
  });
});

describe('a preview', () => {
  const preview = async (asked: object) =>
    runPreviewSchema.parse((await api.ask(api.tokens.leo, 'POST', '/v1/runs/preview', { plan: asked })).body);
  const taken = (answer: Awaited<ReturnType<typeof preview>>) => answer.stages.map(({ reusedFrom }) => reusedFrom);

  it('says what a run would take over, as far as that can be known', async () => {
    const runId = await failedIn('approve');
    expect(await preview(plan)).toMatchObject({ assuming: { runId } });
    expect(taken(await preview(plan))).toEqual([null, runId, runId, runId, null, null, null]);
    const seed = await preview({ ...plan, train: { ...plan.train!, seed: 99 } });
    expect(taken(seed)).toEqual([null, runId, null, null, null, null, null]);
    expect(seed.stages[2]!.reason).toBe('no run has done it with the same inputs');
    expect(seed.stages[3]!.reason).toBe('not known before the stages before it are done');
    const labels = { by: 'feedback' as const, alias: plan.name };
    const labelled = { ...plan, data: { ...plan.data, sources: [{ ...plan.data.sources[0]!, labels }] } };
    expect(taken(await preview(labelled))).toEqual([null, null, null, null, null, null, null]);
    const before = await failedIn('approve', plan.name, labelled);
    const served = await preview(labelled);
    expect(taken(served).slice(0, 3)).toEqual([null, null, before]);
    expect(served.stages.map(({ reason }) => reason).slice(1, 3)).toEqual([
      'always done: labels from service are those of the moment',
      `the same inputs as in ${before}, if the labels from service are as they were`,
    ]);
    const other = { ...plan.data, sources: [{ ...plan.data.sources[0]!, uri: 'file:other' }] };
    expect(await preview({ ...plan, data: other })).toMatchObject({ assuming: null });
  });
});
