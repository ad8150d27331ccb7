import { CancelledFailure } from '@temporalio/activity';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createActivityWorld, type ActivityWorld } from '../support/activity-world.js';
import { exampleSource } from '../support/example-source.js';
import { toyPlan } from '../support/toy-plan.js';

let world: ActivityWorld;
beforeAll(async () => {
  world = await createActivityWorld(400);
});
afterAll(() => world.close());

const uri = 'file:toys';

describe('collecting and curating', () => {
  it('seals the same bytes and cards, whatever attempt does it, and parses them once', async () => {
    const runId = await world.requestRun();
    const { result, heartbeats } = world.attempt('collectSources', { runId, uri });
    const collected = await result;
    expect(heartbeats.length).toBeGreaterThan(400 / 50);
    expect(await world.perform('collectSources', { runId, uri })).toEqual(collected);

    const { artifacts } = world.dependencies;
    let puts = 0;
    const counting = { ...artifacts, put: (content: Iterable<Uint8Array>) => ((puts += 1), artifacts.put(content)) };
    const other = await world.requestRun();
    const again = world.attempt('collectSources', { runId: other, uri }, { over: { artifacts: counting } });
    expect(await again.result).toEqual(collected);
    expect(puts).toBe(1);
  });

  it('stops when it is cancelled, with nothing said of the stage', async () => {
    const runId = await world.requestRun();
    const { result, cancel } = world.attempt('collectSources', { runId, uri });
    cancel();
    await expect(result).rejects.toThrow(CancelledFailure);
    const { result: curating, cancel: stop } = world.attempt('curateData', { runId, sources: [] });
    stop();
    await expect(curating).rejects.toThrow(CancelledFailure);
    expect(await world.dependencies.runs.stageSummary(runId, 'curate')).toBeNull();
  });

  it('fails for good where the source is not there', async () => {
    const gone = 'file:gone';
    const runId = await world.requestRun(
      toyPlan({ data: { sources: [exampleSource({ uri: gone, format: 'jsonl' })], curate: [] } }),
    );
    const { result } = world.attempt('collectSources', { runId, uri: gone });
    await expect(result).rejects.toMatchObject({ type: 'NOT_FOUND', nonRetryable: true });
  });

  it('takes from one sealed source the same splits and answers in every attempt', async () => {
    const { runId, curated } = await world.curatedRun();
    const sources = await world.perform('collectSources', { runId, uri });
    expect(await world.perform('curateData', { runId, sources })).toEqual(curated);
    expect(curated.splits.map(({ name }) => name)).toEqual(['test/toys', 'train', 'validation']);
  });

  it('goes on with the labels that its first attempt read, however many people have given since', async () => {
    const { sources, curate } = toyPlan().data;
    const later = exampleSource({ id: 'later', uri, format: 'jsonl', labels: { by: 'feedback', alias: 'toy-triage' } });
    const data = { sources: [...sources, later], curate };
    const runId = await world.requestRun(toyPlan({ data }));
    const collected = await world.perform('collectSources', { runId, uri });
    const { runs, traffic } = world.dependencies;
    const labelled = (count: number): Map<string, string> =>
      new Map(
        Array.from({ length: count }, (_, index) => [`ham/mails.jsonl/${String(index + 1).padStart(7, '0')}`, 'ham']),
      );
    const curateWith = (count: number, over = {}) =>
      world.attempt(
        'curateData',
        { runId, sources: collected },
        { over: { traffic: { ...traffic, labels: async () => labelled(count) }, ...over } },
      ).result;

    const dying = { ...runs, finishStage: async () => Promise.reject(new Error('killed here')) };
    await expect(curateWith(10, { runs: dying })).rejects.toThrow('killed here');
    const curated = await curateWith(90);
    expect(await curateWith(50)).toEqual(curated);
    const { body } = await world.dependencies.evidence.load(curated.dataset);
    expect(body['counts']).toMatchObject({ unused: { 'label.absent': 400 - 10 } });
  });
});
