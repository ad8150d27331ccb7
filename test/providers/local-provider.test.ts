import { createHash } from 'node:crypto';
import { appendFile, readFile, readdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { serveLocalProvider } from '../../providers/local/serve.js';
import {
  API_KEY,
  startLocalProvider,
  untilEnded,
  uploadJsonl,
  type RunningProvider,
} from '../support/local-provider.js';
import { toyJsonl, toyMail } from '../support/toy-mails.js';

const BASE = 'local/linear-ngram';
let provider: RunningProvider;

beforeEach(async () => {
  provider = await startLocalProvider();
});
afterEach(() => provider.stop());

const contentOf = async (id: string): Promise<Buffer> =>
  Buffer.from(await (await provider.client().files.content(id)).arrayBuffer());

describe('the way from a file to an answer', () => {
  it('trains on uploaded files and serves what came out', async () => {
    const client = provider.client();
    const job = await client.fineTuning.jobs.create({
      model: BASE,
      training_file: await uploadJsonl(client, toyJsonl(0, 200)),
      validation_file: await uploadJsonl(client, toyJsonl(1000, 1050)),
      seed: 7,
      suffix: 'triage',
      metadata: { run: 'one' },
      method: { type: 'supervised', supervised: { hyperparameters: { n_epochs: 4 } } },
    });
    expect(job).toMatchObject({ object: 'fine_tuning.job', status: 'queued', seed: 7, metadata: { run: 'one' } });

    const done = await untilEnded(client, job.id);
    const [weightsFile = '', metricsFile = ''] = done.result_files;
    const weights = await contentOf(weightsFile);
    const digest = createHash('sha256').update(weights).digest('hex').slice(0, 16);
    expect(done).toMatchObject({ status: 'succeeded', fine_tuned_model: `ft:linear-ngram:triage:${digest}` });
    expect(done.trained_tokens).toBeGreaterThan(200 * 4 * 40);
    expect(await client.files.retrieve(weightsFile)).toMatchObject({ filename: 'weights.bin', bytes: weights.length });
    expect((await contentOf(metricsFile)).toString()).toMatch(/^step,train_loss,valid_loss\n64,[\d.]+,\n/);

    const model = done.fine_tuned_model ?? '';
    expect((await client.models.list()).data.map(({ id }) => id)).toEqual([BASE, model]);
    expect(await client.models.retrieve(model)).toMatchObject({ id: model, object: 'model' });
    expect(await client.models.retrieve(BASE)).toMatchObject({ id: BASE });

    const { text, label } = toyMail(2001);
    const answer = await client.chat.completions.create({ model, messages: [{ role: 'user', content: text }] });
    expect(answer.choices[0]?.message.content).toBe(label);
    expect(answer.usage).toMatchObject({ completion_tokens: 1, prompt_tokens: 47, total_tokens: 48 });
  });

  it('tells the losses event by event, newest first and in pages', async () => {
    const client = provider.client();
    const training_file = await uploadJsonl(client, toyJsonl(0, 130));
    const validation_file = await uploadJsonl(client, toyJsonl(500, 520));
    const job = await client.fineTuning.jobs.create({ model: BASE, training_file, validation_file, seed: 1 });
    await untilEnded(client, job.id);
    const events = [];
    for await (const event of client.fineTuning.jobs.listEvents(job.id, { limit: 4 })) events.push(event);
    const metrics = events.filter(({ type }) => type === 'metrics').map(({ data }) => data as Record<string, number>);
    expect(metrics).toHaveLength(15);
    expect(metrics[0]).toMatchObject({ step: 650, epoch: 5 });
    expect(metrics.filter((data) => 'validation_loss' in data)).toHaveLength(5);
    expect(metrics[0]?.['loss']).toBeLessThan(metrics.at(-1)?.['loss'] ?? 0);
    expect(new Set(events.map(({ id }) => id)).size).toBe(events.length);
  });

  it('gives the same model for the same data and seed', async () => {
    const client = provider.client();
    const training_file = await uploadJsonl(client, toyJsonl(0, 60));
    const names = [];
    for (const seed of [3, 3, 4]) {
      const job = await client.fineTuning.jobs.create({ model: BASE, training_file, seed });
      names.push((await untilEnded(client, job.id)).fine_tuned_model);
    }
    expect(names[0]).toBe(names[1]);
    expect(names[0]).not.toBe(names[2]);
  });

  it('takes a training file of more than 5 MB and answers while it trains', async () => {
    const client = provider.client();
    const jsonl = toyJsonl(0, 1200, 900);
    expect(jsonl.length).toBeGreaterThan(5 * 1024 * 1024);
    const training_file = await uploadJsonl(client, jsonl);
    const job = await client.fineTuning.jobs.create({ model: BASE, training_file, seed: 1 });
    let slowest = 0;
    let status = 'queued';
    while (['queued', 'running'].includes(status)) {
      const asked = performance.now();
      status = (await client.fineTuning.jobs.retrieve(job.id)).status;
      slowest = Math.max(slowest, performance.now() - asked);
    }
    expect(status).toBe('succeeded');
    expect(slowest).toBeLessThan(1000);
  });
});

describe('a provider that was stopped', () => {
  it('trains a job that was running again from its start, to the same weights', async () => {
    const client = provider.client();
    const training_file = await uploadJsonl(client, toyJsonl(0, 1500, 200));
    const request = { model: BASE, training_file, seed: 11, suffix: 'again' };
    const undisturbed = await untilEnded(client, (await client.fineTuning.jobs.create(request)).id);
    const job = await client.fineTuning.jobs.create(request);
    const queued = await client.fineTuning.jobs.create({ ...request, suffix: 'queued' });
    while ((await client.fineTuning.jobs.listEvents(job.id)).data.length < 3) await setTimeout(5);
    const before = (await client.fineTuning.jobs.retrieve(job.id)).status;
    await provider.restart();
    await appendFile(join(provider.stateFolder, 'jobs', 'left-behind.json.0.tmp'), '{"half":');

    const after = provider.client();
    const done = await untilEnded(after, job.id);
    const events = [];
    for await (const event of after.fineTuning.jobs.listEvents(job.id, { limit: 100 })) events.push(event);
    expect(before).toBe('running');
    expect(done).toMatchObject({ status: 'succeeded', fine_tuned_model: undisturbed.fine_tuned_model });
    expect(events.filter(({ message }) => message.includes('begins again'))).toHaveLength(1);
    expect(new Set(events.map(({ id }) => id)).size).toBe(events.length);
    expect((await untilEnded(after, queued.id)).status).toBe('succeeded');
  });

  it('still serves its models, shows its jobs, and forgives an event line and a file that were cut', async () => {
    const client = provider.client();
    const training_file = await uploadJsonl(client, toyJsonl(0, 40));
    const job = await client.fineTuning.jobs.create({ model: BASE, training_file, seed: 1 });
    const { fine_tuned_model } = await untilEnded(client, job.id);
    const { data: before } = await client.fineTuning.jobs.listEvents(job.id);
    await appendFile(join(provider.stateFolder, 'events', `${job.id}.jsonl`), '{"id":"ftevent-');
    await appendFile(join(provider.stateFolder, 'files', 'half.content.0.tmp'), 'half');
    await provider.restart();

    const answer = await provider.client().chat.completions.create({
      model: fine_tuned_model ?? '',
      messages: [{ role: 'user', content: toyMail(9001).text }],
    });
    expect(answer.choices[0]?.message.content).toBe('spam');
    expect((await provider.client().fineTuning.jobs.listEvents(job.id)).data).toEqual(before);
    expect(await readdir(join(provider.stateFolder, 'files'))).not.toContain('half.content.0.tmp');
  });
});

describe('a model whose weights were altered on disk', () => {
  it('is not served any more', async () => {
    const client = provider.client();
    const training_file = await uploadJsonl(client, toyJsonl(0, 40));
    const job = await client.fineTuning.jobs.create({ model: BASE, training_file, seed: 1, suffix: 'altered' });
    const { fine_tuned_model, result_files } = await untilEnded(client, job.id);
    const path = join(provider.stateFolder, 'files', `${result_files[0]}.content`);
    const bytes = await readFile(path);
    bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
    await writeFile(path, bytes);
    const asked = client.chat.completions.create({
      model: fine_tuned_model ?? '',
      messages: [{ role: 'user', content: toyMail(1).text }],
    });
    await expect(asked).rejects.toMatchObject({ status: 500 });
  });
});

describe('the list of jobs', () => {
  it('comes newest first, in pages, and filtered by metadata', async () => {
    const client = provider.client();
    const training_file = await uploadJsonl(client, toyJsonl(0, 10));
    const ids: string[] = [];
    for (const run of ['a', 'b', 'a', 'b', 'a']) {
      ids.unshift((await client.fineTuning.jobs.create({ model: BASE, training_file, metadata: { run } })).id);
    }
    const listed: string[] = [];
    for await (const { id } of client.fineTuning.jobs.list({ limit: 2 })) listed.push(id);
    const filtered = await client.fineTuning.jobs.list({ metadata: { run: 'b' } });
    expect(listed).toEqual(ids);
    expect(filtered.data.map(({ id }) => id)).toEqual([ids[1], ids[3]]);
  });
});

describe('cancelling', () => {
  it('ends a running and a queued job, is repeatable, and refuses an ended job', async () => {
    const client = provider.client();
    const training_file = await uploadJsonl(client, toyJsonl(0, 1500, 200));
    const create = () => client.fineTuning.jobs.create({ model: BASE, training_file });
    const running = await create();
    const queued = await create();
    while ((await client.fineTuning.jobs.retrieve(running.id)).status !== 'running') await setTimeout(5);
    expect((await client.fineTuning.jobs.cancel(queued.id)).status).toBe('cancelled');
    expect((await client.fineTuning.jobs.cancel(running.id)).status).toBe('cancelled');
    expect((await client.fineTuning.jobs.cancel(running.id)).status).toBe('cancelled');
    const small = await uploadJsonl(client, toyJsonl(0, 10));
    const done = await client.fineTuning.jobs.create({ model: BASE, training_file: small });
    expect((await untilEnded(client, done.id)).status).toBe('succeeded');
    await expect(client.fineTuning.jobs.cancel(done.id)).rejects.toMatchObject({ status: 400 });
    expect((await client.fineTuning.jobs.retrieve(running.id)).status).toBe('cancelled');
  });
});

describe('the place where it runs', () => {
  it('is this machine only', async () => {
    for (const host of ['0.0.0.0', '::', '10.0.0.1', '127.evil.example.com'])
      await expect(serveLocalProvider({ host, port: 0, stateFolder: '/nowhere', apiKey: 'k' })).rejects.toMatchObject({
        code: 'NOT_ALLOWED',
      });
  });

  it('keeps what it was given from other users', async () => {
    await uploadJsonl(provider.client(), toyJsonl(0, 10));
    const folder = join(provider.stateFolder, 'files');
    const found = await Promise.all((await readdir(folder)).map((name) => stat(join(folder, name))));
    expect((await stat(folder)).mode & 0o077).toBe(0);
    expect(found.every(({ mode }) => (mode & 0o077) === 0)).toBe(true);
  });
});

describe('refusals', () => {
  const chat = (body: object) =>
    fetch(`${provider.baseUrl()}/chat/completions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${API_KEY}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  const messages = [{ role: 'user', content: 'hello' }];

  it('answers 401 without the key, and health to everybody', async () => {
    for (const headers of [{}, { authorization: 'Bearer wrong' }, { authorization: API_KEY }]) {
      const response = await fetch(`${provider.baseUrl()}/models`, { headers });
      expect(response.status).toBe(401);
      expect(await response.json()).toMatchObject({ error: { code: 'invalid_api_key' } });
    }
    expect((await fetch(`${provider.url()}/health`)).status).toBe(200);
  });

  it.each([
    ['that is not JSON', `${toyJsonl(0, 2)}{"messages": [`, /^400 Line 3 is not JSON/],
    ['without messages', `${toyJsonl(0, 1)}\n{"prompt": "x"}\n`, /^400 Line 3 .*\(see messages\)/],
    [
      'without an answer',
      '{"messages":[{"role":"user","content":"a"},{"role":"user","content":"b"}]}',
      /Line 1 .*answer/,
    ],
    [
      'with a strange role',
      '{"messages":[{"role":"root","content":"a"},{"role":"user","content":"b"}]}',
      /messages.0.role/,
    ],
    ['that is nested without an end', `${toyJsonl(0, 1)}${'['.repeat(100_000)}`, /^400 Line 2 /],
  ])('names the line %s', async (_, jsonl, message) => {
    const refused = uploadJsonl(provider.client(), jsonl);
    await expect(refused).rejects.toMatchObject({ status: 400, code: 'invalid_file_format', param: 'file' });
    await expect(refused).rejects.toThrow(message);
  });

  it('names a line that is not UTF-8, and an empty file', async () => {
    const client = provider.client();
    const upload = (bytes: Buffer) => client.files.create({ file: new File([bytes], 'x.jsonl'), purpose: 'fine-tune' });
    await expect(upload(Buffer.from([0x7b, 0xff, 0xfe]))).rejects.toThrow(/Line 1 is not UTF-8/);
    await expect(upload(Buffer.from('\n\n'))).rejects.toThrow(/holds no example/);
  });

  it('keeps a file name that looks like a path as a name only', async () => {
    const client = provider.client();
    const id = await uploadJsonl(client, toyJsonl(0, 2), '../../; rm -rf $(id).jsonl');
    expect((await client.files.retrieve(id)).id).toMatch(/^file-[0-9a-f]{24}$/);
    await expect(client.files.retrieve('../jobs')).rejects.toMatchObject({ status: 404 });
    expect((await contentOf(id)).toString()).toBe(toyJsonl(0, 2));
  });

  it('refuses jobs for other models, missing files, and hyperparameters that it does not have', async () => {
    const client = provider.client();
    const training_file = await uploadJsonl(client, toyJsonl(0, 10));
    const create = (change: object) => client.fineTuning.jobs.create({ model: BASE, training_file, ...change });
    await expect(create({ model: 'gpt-4.1' })).rejects.toMatchObject({ status: 400, code: 'model_not_available' });
    await expect(create({ training_file: 'file-none' })).rejects.toMatchObject({ status: 404, code: 'file_not_found' });
    await expect(create({ hyperparameters: { batch_size: 8 } })).rejects.toThrow(
      /Unknown hyperparameter 'batch_size'\. linear-ngram has n_epochs \(epochs in a lifecycle file\)/,
    );
    await expect(create({ hyperparameters: { n_epochs: 0 } })).rejects.toThrow(/whole number from 1 to 50/);
    await expect(create({ suffix: 'a:b' })).rejects.toMatchObject({ status: 400, param: 'suffix' });
    await expect(create({ colour: 'red' })).rejects.toMatchObject({ status: 400 });
  });

  it('fails a job whose file holds one answer only, and says so', async () => {
    const client = provider.client();
    const line = '{"messages":[{"role":"user","content":"a"},{"role":"assistant","content":"ham"}]}\n';
    const training_file = await uploadJsonl(client, line.repeat(5));
    const job = await client.fineTuning.jobs.create({ model: BASE, training_file });
    const { status, error } = await untilEnded(client, job.id);
    expect(status).toBe('failed');
    expect(error).toMatchObject({ code: 'invalid_training_file', message: expect.stringContaining('1 distinct') });
  });

  it('does not pretend: no untrained base model, no unknown model, no streaming, no tools', async () => {
    const code = async (body: object) => {
      const response = await chat({ messages, ...body });
      const { error } = (await response.json()) as { error: { code: string; param: string } };
      return [response.status, error.code, error.param];
    };
    expect(await code({ model: BASE })).toEqual([400, 'model_not_trained', 'model']);
    expect(await code({ model: 'ft:none' })).toEqual([404, 'model_not_found', 'model']);
    expect(await code({ model: BASE, stream: true })).toEqual([400, 'unsupported_parameter', 'stream']);
    expect(await code({ model: BASE, logprobs: true })).toEqual([400, 'unsupported_parameter', 'logprobs']);
    expect(await code({ model: BASE, tools: [{}] })).toEqual([400, 'unsupported_parameter', 'tools']);
    expect(await code({ model: BASE, messages: 'hi' })).toEqual([400, 'invalid_value', 'messages']);
  });

  it('refuses bodies above the limit and addresses that it does not know', async () => {
    const large = await chat({ model: BASE, messages: [{ role: 'user', content: 'x'.repeat(17 * 1024 * 1024) }] });
    expect(large.status).toBe(413);
    const unknown = await fetch(`${provider.baseUrl()}/batches`, { headers: { authorization: `Bearer ${API_KEY}` } });
    expect([unknown.status, await unknown.json()]).toMatchObject([404, { error: { code: 'unknown_url' } }]);
  });
});
