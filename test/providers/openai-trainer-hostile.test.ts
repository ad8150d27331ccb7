import { buffer } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { createOpenAiTrainer } from '../../providers/openai/trainer.js';
import {
  cutBody,
  json,
  refusal,
  stalledBody,
  hostileServer,
  text,
  type HostileServer,
  type Reaction,
} from '../support/hostile-server.js';
import { bytesOf } from '../support/toy-mails.js';

let server: HostileServer;

/** A trainer behind a server that reacts by the ends of paths; everything else is 404. */
async function trainerBehind(reactions: Record<string, Reaction>) {
  server = await hostileServer((request, response) => {
    const path = request.path.replace(/\?.*$/, '');
    const key = Object.keys(reactions).find((end) => `${request.method} ${path}`.endsWith(end));
    const react = key === undefined ? refusal(404, 'no such thing') : reactions[key];
    react?.(request, response);
  });
  return createOpenAiTrainer({ baseUrl: server.baseUrl, apiKey: 'k', prices: { 'gpt-4.1-mini': 5_000_000 } });
}

const job = (change: object) => json(200, { id: 'j', status: 'succeeded', ...change });
const noEvents = json(200, { data: [], has_more: false });

describe('following a job', () => {
  it.each([
    ['validating_files', 'queued'],
    ['succeeded', 'succeeded'],
    ['paused', 'unknown'],
    ['SUCCEEDED', 'unknown'],
    ['toString', 'unknown'],
  ])('takes the status %s as %s', async (rawStatus, status) => {
    const trainer = await trainerBehind({ '/jobs/j': job({ status: rawStatus }), '/events': noEvents });
    expect(await trainer.follow('j', undefined)).toMatchObject({ status, rawStatus });
  });

  it('reports a status that goes backwards as the provider says it', async () => {
    const said = ['succeeded', 'running'];
    const trainer = await trainerBehind({
      '/jobs/j': (request, response) => job({ status: said.shift() })(request, response),
      '/events': noEvents,
    });
    expect((await trainer.follow('j', undefined)).status).toBe('succeeded');
    expect((await trainer.follow('j', undefined)).status).toBe('running');
  });

  it('repeats its words short, on one line and without addresses', async () => {
    const words = `line 3 says "ann@example.com"\n${'x'.repeat(5000)}`;
    const trainer = await trainerBehind({
      '/jobs/j': job({ status: `failed\n${words}`, error: { message: words } }),
      '/events': json(200, { data: [{ id: 'e', message: words, data: null }], has_more: false }),
    });
    const { rawStatus, error = '', events } = await trainer.follow('j', undefined);
    for (const said of [rawStatus, error, events[0]?.message ?? '']) {
      expect(said).not.toMatch(/ann@|\n/);
      expect(said.length).toBeLessThan(400);
    }
  });

  it('says that a job has vanished, and that asking again is no use', async () => {
    const trainer = await trainerBehind({});
    const followed = trainer.follow('j', undefined);
    await expect(followed).rejects.toMatchObject({ code: 'PROVIDER', details: { status: 404, retryable: false } });
  });

  it('reads the names that OpenAI gives to losses, and only numbers', async () => {
    const data = { step: 3, train_loss: 0.5, full_valid_loss: 0.25, valid_loss: null, note: 'x' };
    const events = { data: [{ id: 'e2', message: null, data }, { id: 'e1' }], has_more: false };
    const trainer = await trainerBehind({
      '/jobs/j': job({ status: 'failed', error: { message: 'bad file' } }),
      '/events': json(200, events),
    });
    expect(await trainer.follow('j', undefined)).toMatchObject({
      error: 'bad file',
      events: [
        { id: 'e1', message: '', data: {} },
        { id: 'e2', message: '', data: { step: 3, loss: 0.5, fullValidLoss: 0.25 } },
      ],
    });
  });

  it('does not page for ever through a list whose pages repeat', async () => {
    const trainer = await trainerBehind({
      '/jobs/j': job({}),
      '/events': json(200, { data: [{ id: 'e1' }], has_more: true }),
    });
    await expect(trainer.follow('j', undefined)).rejects.toMatchObject({ details: { retryable: false } });
    expect(server.seen.length).toBeLessThan(5);
  });

  it.each<[string, Reaction]>([
    ['half a JSON', text(200, 'application/json', '{"id":"j","sta')],
    ['HTML', text(200, 'text/html', '<html>')],
    ['a cut body', cutBody('{"id":"j"')],
    ['an id missing', json(200, { status: 'running' })],
    ['500', refusal(500, 'broken')],
  ])('may be tried again after %s', async (_, react) => {
    const trainer = await trainerBehind({ '/jobs/j': react, '/events': noEvents });
    await expect(trainer.follow('j', undefined)).rejects.toMatchObject({
      code: 'PROVIDER',
      details: { retryable: true },
    });
  });

  it('ends with the reason of an abort while a body stalls', async () => {
    const trainer = await trainerBehind({ '/jobs/j': stalledBody('{"id":') });
    const controller = new AbortController();
    const reason = new Error('the activity was cancelled');
    setTimeout(() => controller.abort(reason), 100);
    await expect(trainer.follow('j', undefined, controller.signal)).rejects.toBe(reason);
  });
});

describe('submitting', () => {
  const asked = {
    key: 'secret-run/7',
    baseModel: 'b',
    training: bytesOf('{}\n'),
    suffix: 's',
    seed: 1,
    hyperparameters: {},
  };

  it('creates nothing when it cannot look first', async () => {
    const trainer = await trainerBehind({ 'GET /v1/fine_tuning/jobs': refusal(429, 'slow', { 'retry-after': '2' }) });
    await expect(trainer.submit(asked)).rejects.toMatchObject({
      details: { status: 429, retryable: true, retryAfterMilliseconds: 2000 },
    });
    expect(server.seen.map(({ method }) => method)).toEqual(['GET']);
  });

  it('names its files by the digest of the key and its job by the key', async () => {
    const trainer = await trainerBehind({
      'GET /v1/fine_tuning/jobs': json(200, { data: [] }),
      'POST /v1/files': json(200, { id: 'f' }),
      'POST /v1/fine_tuning/jobs': json(200, { id: 'j', status: 'queued' }),
    });
    expect(await trainer.submit(asked)).toEqual({ jobId: 'j' });
    const upload = server.seen.find(({ path }) => path === '/v1/files')?.body ?? '';
    expect(upload).toMatch(/filename="assay-[0-9a-f]{16}-training.jsonl"/);
    const create = server.seen.find(({ method, path }) => method === 'POST' && path.endsWith('/jobs'))?.body ?? '';
    expect(JSON.parse(create)).toMatchObject({ training_file: 'f', metadata: { assay_key: 'secret-run/7' } });
    expect(server.seen[0]?.path).toContain(encodeURIComponent('metadata[assay_key]'));
  });

  it('makes one job through a storm of 429, HTML, half a JSON and 500, the first creation heard as 500', async () => {
    const storm: Reaction[] = [
      refusal(429, 'slow', { 'retry-after': '0' }),
      text(502, 'text/html', '<html>bad gateway</html>'),
      text(200, 'application/json', '{"data": ['),
      refusal(500, 'broken'),
    ];
    const jobs: object[] = [];
    let turn = 0;
    server = await hostileServer((request, response) => {
      const weather = ++turn % 5 === 0 || turn > 30 ? undefined : storm[turn % 4];
      const isCreation = request.method === 'POST' && request.path.endsWith('/jobs');
      if (isCreation) jobs.push({ id: `j${jobs.length + 1}`, status: 'queued', metadata: { assay_key: asked.key } });
      const fair = json(200, request.path.endsWith('/files') ? { id: 'f' } : { data: jobs, has_more: false });
      const react = isCreation ? refusal(500, 'it was created') : (weather ?? fair);
      react(request, response);
    });
    const trainer = createOpenAiTrainer({ baseUrl: server.baseUrl, apiKey: 'k' });
    const refused: unknown[] = [];
    let jobId: string | undefined;
    while (jobId === undefined && refused.length < 50) {
      const submitting = trainer.submit({ ...asked, training: bytesOf('{}\n') });
      jobId = await submitting.then((answer) => answer.jobId).catch((error: unknown) => void refused.push(error));
    }
    expect(jobId).toBe('j1');
    expect(jobs).toHaveLength(1);
    expect(refused.length).toBeGreaterThan(10);
    for (const error of refused) expect(error).toMatchObject({ code: 'PROVIDER', details: { retryable: true } });
  });

  it('does not take the job of another request for its own, should the provider give an id twice', async () => {
    const theirs = { id: 'j', status: 'running', metadata: { assay_key: 'another' } };
    const trainer = await trainerBehind({
      'GET /v1/fine_tuning/jobs': json(200, { data: [theirs] }),
      'POST /v1/files': json(200, { id: 'f' }),
      'POST /v1/fine_tuning/jobs': json(200, theirs),
    });
    await expect(trainer.submit(asked)).rejects.toMatchObject({
      code: 'PROVIDER',
      message: expect.stringContaining('job j, which belongs to another request: it gives an id twice'),
      details: { retryable: false },
    });
  });

  it('does not take a job of another key for its own where the filter is ignored', async () => {
    const others = { id: 'other', status: 'running', metadata: { assay_key: 'another' } };
    const bare = { id: 'bare', status: 'running', metadata: null };
    const trainer = await trainerBehind({ 'GET /v1/fine_tuning/jobs': json(200, { data: [others, bare] }) });
    expect(await trainer.find('mine')).toBeUndefined();
  });
});

describe('the result', () => {
  it('has no files where the provider gives none', async () => {
    const trainer = await trainerBehind({ '/jobs/j': job({ fine_tuned_model: 'ft:x' }) });
    expect(await trainer.result('j')).toEqual({ jobId: 'j', model: 'ft:x', trainedTokens: null, files: [] });
  });

  it('is asked for again while a succeeded job names no model', async () => {
    const trainer = await trainerBehind({ '/jobs/j': job({ fine_tuned_model: null }) });
    await expect(trainer.result('j')).rejects.toMatchObject({ code: 'PROVIDER', details: { retryable: true } });
  });

  it('does not pass off a download that was cut as whole', async () => {
    const trainer = await trainerBehind({
      '/jobs/j': job({ fine_tuned_model: 'ft:x', result_files: ['f'] }),
      '/files/f': json(200, { id: 'f' }),
      '/files/f/content': cutBody('half of the weights'),
    });
    const { files } = await trainer.result('j');
    expect(files[0]?.name).toBe('f');
    await expect(buffer(files[0]?.content ?? bytesOf(''))).rejects.toMatchObject({
      code: 'PROVIDER',
      details: { retryable: true },
    });
  });
});

describe('quotes', () => {
  const quote = { tokens: 1000, hyperparameters: { epochs: 4 } };

  it('multiplies tokens, epochs and price; trains for nothing on this machine', async () => {
    const trainer = await trainerBehind({});
    expect(await trainer.quote({ baseModel: 'gpt-4.1-mini', ...quote })).toMatchObject({
      costMicroUsd: 20_000,
      tokens: 4000,
    });
    expect(await trainer.quote({ baseModel: 'local/linear-ngram', ...quote })).toMatchObject({ costMicroUsd: 0 });
  });

  it('never quotes 0 for a model whose price it does not know', async () => {
    const trainer = await trainerBehind({});
    for (const baseModel of ['gpt-9', 'constructor']) {
      await expect(trainer.quote({ baseModel, ...quote })).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    }
  });
});
