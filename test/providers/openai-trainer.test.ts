import { buffer } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { TrainingRequest, TrainingState } from '../../domain/ports/trainer.js';
import { createOpenAiModel } from '../../providers/openai/model.js';
import { createOpenAiTrainer } from '../../providers/openai/trainer.js';
import { API_KEY, startLocalProvider, untilEnded, type RunningProvider } from '../support/local-provider.js';
import { bytesOf, toyJsonl, toyMail } from '../support/toy-mails.js';

let provider: RunningProvider;
beforeEach(async () => {
  provider = await startLocalProvider();
});
afterEach(() => provider.stop());

const request = (key: string, change: Partial<TrainingRequest> = {}): TrainingRequest => ({
  key,
  baseModel: 'local/linear-ngram',
  training: bytesOf(toyJsonl(0, 200)),
  validation: bytesOf(toyJsonl(500, 540)),
  suffix: 'triage',
  seed: 5,
  hyperparameters: { epochs: 3, learningRate: 0.2 },
  ...change,
});

type FetchFunction = typeof globalThis.fetch;
const trainerWith = (fetch?: FetchFunction) =>
  createOpenAiTrainer({ baseUrl: provider.baseUrl(), apiKey: API_KEY, ...(fetch === undefined ? {} : { fetch }) });

const isCreate = (url: unknown, init: RequestInit | undefined): boolean =>
  init?.method === 'POST' && String(url).endsWith('/fine_tuning/jobs');

const jobCount = async (): Promise<number> =>
  (await provider.client().fineTuning.jobs.list({ limit: 100 })).data.length;

/** Long enough that what is queued behind it, or itself, can be cancelled in time. */
const longRequest = (key: string): TrainingRequest =>
  request(key, { training: bytesOf(toyJsonl(0, 1000, 200)), hyperparameters: { epochs: 20 } });

describe('training through the official client', () => {
  it('goes from a request to weights and a served model', async () => {
    const trainer = trainerWith();
    const { jobId } = await trainer.submit(request('run/train/1'));
    await untilEnded(provider.client(), jobId);
    const state = await trainer.follow(jobId, undefined);
    const metrics = state.events.filter(({ data }) => 'loss' in data);
    expect(state).toMatchObject({ jobId, status: 'succeeded', rawStatus: 'succeeded' });
    expect(metrics.map(({ data }) => data['epoch'])).toEqual([1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3]);
    expect(metrics.at(-1)?.data).toMatchObject({ step: 600, validationLoss: expect.any(Number) });
    expect((await trainer.follow(jobId, metrics.at(-2)?.id)).events.map(({ id }) => id)).toContain(metrics.at(-1)?.id);
    expect((await trainer.follow(jobId, state.events.at(-1)?.id)).events).toEqual([]);

    const result = await trainer.result(jobId);
    expect(result.files.map(({ name }) => name)).toEqual(['weights.bin', 'step_metrics.csv']);
    const [weights] = result.files;
    expect((await buffer(weights?.content ?? bytesOf(''))).subarray(0, 8).toString()).toBe('ASSAYLNG');
    expect(result.trainedTokens).toBeGreaterThan(0);

    const model = createOpenAiModel({ baseUrl: provider.baseUrl(), apiKey: API_KEY });
    const { text, label } = toyMail(7001);
    const answer = await model.chat({ model: result.model, messages: [{ role: 'user', content: text }] });
    expect(answer).toMatchObject({ model: result.model, content: label, completionTokens: 1 });
    expect(await model.list()).toContain(result.model);
  });

  it('finds its jobs by key among more than a page of others', async () => {
    const trainer = trainerWith();
    const small = (key: string) => request(key, { training: bytesOf(toyJsonl(0, 4)), hyperparameters: { epochs: 1 } });
    const { jobId } = await trainer.submit(small('wanted'));
    const training_file = (await provider.client().fineTuning.jobs.retrieve(jobId)).training_file;
    for (let n = 0; n < 105; n++) {
      await provider.client().fineTuning.jobs.create({ model: 'local/linear-ngram', training_file });
    }
    const withoutFilter: FetchFunction = (url, init) => fetch(String(url).replace(/&?metadata[^&]*/, ''), init);
    expect(await trainer.find('wanted')).toEqual({ jobId });
    expect(await trainerWith(withoutFilter).find('wanted')).toEqual({ jobId });
    expect(await trainer.find('another')).toBeUndefined();
  });
});

describe('one job for one key', () => {
  it('finds the first job when submitted again', async () => {
    const first = await trainerWith().submit(request('k'));
    const again = await trainerWith().submit(request('k'));
    expect(again).toEqual(first);
    expect(await jobCount()).toBe(1);
  });

  it('finds the job whose creation was answered with 500', async () => {
    const losesAnswers: FetchFunction = async (url, init) => {
      const response = await fetch(url, init);
      return isCreate(url, init) ? new Response('{"error":{"message":"oops"}}', { status: 500 }) : response;
    };
    const submitted = trainerWith(losesAnswers).submit(request('k'));
    await expect(submitted).rejects.toMatchObject({ code: 'PROVIDER', details: { status: 500, retryable: true } });
    const { jobId } = await trainerWith().submit(request('k'));
    expect(await trainerWith().find('k')).toEqual({ jobId });
    expect(await jobCount()).toBe(1);
  });

  it('keeps the older of two jobs when two workers submit at once, and cancels the younger', async () => {
    let inside = false;
    const overtaken: FetchFunction = async (url, init) => {
      if (isCreate(url, init) && !inside) {
        inside = true;
        await trainerWith().submit(longRequest('k'));
      }
      return fetch(url, init);
    };
    const { jobId } = await trainerWith(overtaken).submit(longRequest('k'));
    const { data } = await provider.client().fineTuning.jobs.list();
    expect(data).toHaveLength(2);
    expect(data.at(-1)?.id).toBe(jobId);
    const younger = await untilEnded(provider.client(), data[0]?.id ?? '');
    expect(younger.status).toBe('cancelled');
    expect(await trainerWith().find('k')).toEqual({ jobId });
  });

  it('refuses a key that metadata cannot hold', async () => {
    await expect(trainerWith().submit(request('k'.repeat(513)))).rejects.toMatchObject({ code: 'INVALID_INPUT' });
  });
});

describe('cancelling', () => {
  it('cancels, twice if need be, and tells how an ended job ended', async () => {
    const trainer = trainerWith();
    const { jobId } = await trainer.submit(longRequest('long'));
    expect((await trainer.cancel(jobId)).status).toBe('cancelled');
    expect((await trainer.cancel(jobId)).status).toBe('cancelled');
    const done = await trainer.submit(request('short'));
    await untilEnded(provider.client(), done.jobId);
    const state: TrainingState = await trainer.cancel(done.jobId);
    expect(state.status).toBe('succeeded');
    await expect(trainer.result(jobId)).rejects.toMatchObject({ code: 'CONFLICT' });
  });

  it('says which hyperparameter the provider refuses', async () => {
    const submitted = trainerWith().submit(request('k', { hyperparameters: { warmUp: 3 } }));
    await expect(submitted).rejects.toMatchObject({ details: { status: 400, retryable: false } });
    await expect(submitted).rejects.toThrow(/Unknown hyperparameter 'warm_up'/);
  });
});
