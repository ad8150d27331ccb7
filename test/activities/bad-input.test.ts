import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LifecyclePlan } from '../../domain/lifecycle-file/plan.js';
import { createOpenAiTrainer } from '../../providers/openai/trainer.js';
import { freePort } from '../../cli/dev/free-port.js';
import { createActivityWorld, type ActivityWorld } from '../support/activity-world.js';
import { exampleMail } from '../support/example-mail.js';
import { exampleSource } from '../support/example-source.js';
import { toyPlan } from '../support/toy-plan.js';

let world: ActivityWorld;
beforeAll(async () => {
  world = await createActivityWorld(40);
});
afterAll(() => world.close());

type Source = LifecyclePlan['data']['sources'][number];

/** A folder of data with these files, and a lifecycle over it. */
async function planOver(name: string, files: Record<string, string | Uint8Array>, over: Partial<Source> = {}) {
  for (const [path, content] of Object.entries(files)) {
    await mkdir(join(world.folder, name, path, '..'), { recursive: true });
    await writeFile(join(world.folder, name, path), content);
  }
  const { sources, curate } = toyPlan().data;
  return toyPlan({ data: { sources: [{ ...sources[0]!, uri: `file:${name}`, ...over }], curate } });
}

async function curate(plan: LifecyclePlan) {
  const runId = await world.requestRun(plan);
  const sources = await world.perform('collectSources', { runId, uri: plan.data.sources[0]!.uri });
  return world.attempt('curateData', { runId, sources }).result;
}

const lines = (count: number, word: string): string =>
  Array.from({ length: count }, (_, at) => `${JSON.stringify({ input: `${word} number ${at}` })}\n`).join('');

describe('data that nothing can be learned from', () => {
  it('is refused where a source is empty', async () => {
    const plan = await planOver('empty', { 'ham/none.jsonl': '', 'spam/none.jsonl': '\n\n' });
    await expect(curate(plan)).rejects.toMatchObject({
      type: 'INVALID_INPUT',
      nonRetryable: true,
      message: 'The sources hold no records. Look at their uri and format.',
    });
  });

  it('is refused where all of it has one label', async () => {
    const plan = await planOver('one-class', { 'ham/mails.jsonl': lines(30, 'ham') });
    await expect(curate(plan)).rejects.toMatchObject({
      type: 'INVALID_INPUT',
      message: expect.stringMatching(
        /^All \d+ records to train on have one label, 'ham': nothing can be told apart\. Look at the labels of the sources\.$/,
      ) as string,
    });
  });

  it('is refused, with the reasons counted, where nothing of it can be read', async () => {
    const plan = await planOver('broken', {
      'ham/mails.jsonl': '{"input":\nnot json\n',
      'spam/mails.jsonl': '{"text":1}\n',
    });
    await expect(curate(plan)).rejects.toMatchObject({
      message:
        'No record is left to train on: of 3 read, 2 jsonl.not-json, 1 jsonl.not-a-record. Look at the labels, periods and splits of the sources.',
    });
  });

  it('is left out line by line and mail by mail where the rest is good', async () => {
    const mail = (label: string, at: number): [string, Uint8Array] => [
      `${label}/${at}.eml`,
      exampleMail({ subject: `${label} ${at}`, body: `${label} number ${at}` }),
    ];
    const good = ['ham', 'spam'].flatMap((label) => Array.from({ length: 20 }, (_, at) => mail(label, at)));
    const bad = { 'ham/broken.eml': Buffer.from([0xff, 0xfe, 0x00, 0x80]), 'spam/empty.eml': '' };
    const plan = await planOver('some-broken', { ...Object.fromEntries(good), ...bad }, { format: 'eml' });
    const { dataset } = await curate(plan);
    const { body } = await world.dependencies.evidence.load(dataset);
    expect(body['counts']).toMatchObject({ read: 42, unused: { 'mail.empty': 1, 'mail.not-a-mail': 1 } });
  });
});

describe('a source', () => {
  it('with one endless line is refused by the number of the line', async () => {
    const long = Buffer.alloc(50_000_000, 'x');
    const plan = await planOver('long', { 'ham/mails.jsonl': Buffer.concat([Buffer.from(lines(2, 'ham')), long]) });
    const runId = await world.requestRun(plan);
    await expect(world.attempt('collectSources', { runId, uri: 'file:long' }).result).rejects.toMatchObject({
      type: 'INVALID_INPUT',
      nonRetryable: true,
      message: 'Line 3 of ham/mails.jsonl has more than 16 MiB, and a record may not. Split it, or leave it out.',
    });
  });

  it.each([
    ['file:nowhere', 'NOT_FOUND', "There is nothing at file:nowhere in the project's folder. Check the path."],
    ['file:../outside', 'NOT_ALLOWED', "file:../outside leads out of the project's folder. Put the data inside it."],
  ])('at %s is refused for good', async (uri, type, message) => {
    const runId = await world.requestRun(
      toyPlan({ data: { sources: [exampleSource({ uri, format: 'jsonl' })], curate: [] } }),
    );
    const { result } = world.attempt('collectSources', { runId, uri });
    await expect(result).rejects.toMatchObject({ type, message, nonRetryable: true });
  });
});

describe('a provider', () => {
  const submit = async (plan: LifecyclePlan, trainers: ActivityWorld['dependencies']['trainers']) => {
    const { runId, curated } = await world.curatedRun(plan);
    await world.perform('beginStage', { runId, stage: 'fine-tune' } as never);
    return { runId, ...world.attempt('submitTraining', { runId, curated }, { over: { trainers } }) };
  };

  it('that no worker was given is refused for good, with those that it was', async () => {
    const model = { ...toyPlan().model, provider: 'nobody' };
    const { result } = await submit(toyPlan({ model }), { local: {} as never });
    await expect(result).rejects.toMatchObject({
      type: 'INVALID_INPUT',
      nonRetryable: true,
      message: "No provider is named 'nobody'. Known: local.",
    });
  });

  it('that is down is asked again, and the run says what it waits for', async () => {
    const baseUrl = `http://127.0.0.1:${await freePort()}/v1`;
    const { runId, result } = await submit(toyPlan(), {
      local: createOpenAiTrainer({ baseUrl, apiKey: 'key' }),
    });
    await expect(result).rejects.toMatchObject({
      type: 'PROVIDER',
      nonRetryable: false,
      message: expect.stringContaining('Check that it is up.') as string,
    });
    expect(await world.waitingFor(runId, 'fine-tune')).toMatch(
      /the connection to the provider failed.*It is tried again\.$/,
    );
  });
});
