import { CancelledFailure } from '@temporalio/activity';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CurateResult } from '../../activities/curate.js';
import { providerError } from '../../domain/kernel/errors.js';
import type { ModelPort } from '../../domain/ports/model.js';
import { createActivityWorld, type ActivityWorld } from '../support/activity-world.js';
import { answeringModel } from '../support/answering-model.js';
import { toyPlan } from '../support/toy-plan.js';

let world: ActivityWorld;
beforeAll(async () => {
  world = await createActivityWorld(1_000);
});
afterAll(() => world.close());

async function candidate() {
  const { runId, curated } = await world.curatedRun();
  const model = await world.registered(runId);
  return { runId, curated, model, input: { runId, task: 'triage', curated, versionId: model.versionId } };
}

const itemsOf = ({ splits }: CurateResult): number => splits.find(({ name }) => name === 'test/toys')!.records;
const withModel = (local: ModelPort) => ({ over: { models: { local } } });

describe('evaluation', () => {
  it('asks each item once, and a finished set of answers never again', async () => {
    const { input, curated } = await candidate();
    const { model, asked } = answeringModel();
    const predicted = await world.attempt('predictTask', input, withModel(model)).result;
    expect(asked()).toBe(itemsOf(curated));
    expect(await world.attempt('predictTask', input, withModel(model)).result).toEqual(predicted);
    expect(asked()).toBe(itemsOf(curated));
  });

  it('goes on where the last attempt failed, and begins nothing more after an error', async () => {
    const { input, curated } = await candidate();
    const busy = answeringModel({ failAfter: 150 });
    const { result, heartbeats } = world.attempt('predictTask', input, withModel(busy.model));
    await expect(result).rejects.toMatchObject({ type: 'PROVIDER', nonRetryable: false, nextRetryDelay: 50 });
    expect(busy.asked()).toBeLessThan(150 + 8);
    const heartbeatDetails = heartbeats.at(-1);

    const { model, asked } = answeringModel();
    const resumed = world.attempt('predictTask', input, { ...withModel(model), info: { heartbeatDetails } });
    const { candidate: answers } = await resumed.result;
    expect(asked()).toBe(itemsOf(curated) - 150);

    const whole = await candidate();
    const { candidate: atOnce } = await world.attempt('predictTask', whole.input, withModel(model)).result;
    expect(answers).toBe(atOnce);
  });

  it('stops when it is cancelled, the calls on their way included', async () => {
    const { input } = await candidate();
    let whenAsked = (): void => undefined;
    const slow: ModelPort = {
      chat: (_, signal) => {
        whenAsked();
        return new Promise((_resolve, reject) => signal?.addEventListener('abort', () => reject(signal.reason)));
      },
      list: async () => [],
    };
    const { result, cancel } = world.attempt('predictTask', input, withModel(slow));
    whenAsked = () => void setImmediate(cancel);
    await expect(result).rejects.toThrow(CancelledFailure);
  });

  it('lets the first of two overlapping attempts stand, where a model answers one thing now and another then', async () => {
    const { input } = await candidate();
    const attempts = ['ham', 'spam'].map((always) =>
      world.attempt('predictTask', input, withModel(answeringModel({ always }).model)),
    );
    const [one, other] = await Promise.all(attempts.map(({ result }) => result));
    expect(one).toEqual(other);
  });

  it('asks a dataset once for two tasks that differ only in what they measure', async () => {
    const [task] = toyPlan().evaluate.tasks;
    const evaluate = {
      ...toyPlan().evaluate,
      tasks: [task!, { ...task!, id: 'again', metrics: ['accuracy' as const] }],
    };
    const { runId, curated } = await world.curatedRun(toyPlan({ evaluate }));
    const { versionId } = await world.registered(runId);
    const { model, asked } = answeringModel();
    for (const name of ['triage', 'again'])
      await world.attempt('predictTask', { runId, task: name, curated, versionId }, withModel(model)).result;
    expect(asked()).toBe(itemsOf(curated));
  });

  it('judges the same verdict in every attempt, and refuses below the limit as an answer', async () => {
    for (const [always, isRefused] of [
      [undefined, false],
      ['ham', true],
    ] as const) {
      const { runId, curated, model, input } = await candidate();
      const { model: local } = answeringModel(always === undefined ? {} : { always });
      const predictions = [await world.attempt('predictTask', input, withModel(local)).result];
      const judged = await world.perform('judgeEvaluation', { runId, curated, model, predictions });
      expect(await world.perform('judgeEvaluation', { runId, curated, model, predictions })).toEqual(judged);
      expect(judged.refusal !== null).toBe(isRefused);
    }
  });

  it('fails for good where no such provider was given to the worker', async () => {
    const { input } = await candidate();
    await expect(world.attempt('predictTask', input).result).rejects.toMatchObject({ type: 'INVALID_INPUT' });
    const refusing: ModelPort = {
      chat: async () => Promise.reject(providerError('the key is not valid', { status: 401, retryable: false })),
      list: async () => [],
    };
    const { result } = world.attempt('predictTask', input, withModel(refusing));
    await expect(result).rejects.toMatchObject({ type: 'PROVIDER', nonRetryable: true });
  });
});
