import { describe, expect, it } from 'vitest';
import { LifecycleError, providerError } from '../../../domain/kernel/errors.js';
import type { CallDemand, CallGrant } from '../../../domain/ports/account-limits.js';
import type { ModelPort } from '../../../domain/ports/model.js';
import type { Trainer, TrainingState } from '../../../domain/ports/trainer.js';
import { createAccountLimiter } from '../../../providers/limits/account-limiter.js';
import { limitModel } from '../../../providers/limits/limited-model.js';
import { limitTrainer } from '../../../providers/limits/limited-trainer.js';

const limits = { requestsPerMinute: 60, tokensPerMinute: 1_000, concurrentJobs: 1 };

/** An account that grants all, and notes what it was asked. */
function openAccount() {
  const asked: CallDemand[] = [];
  const held: number[] = [];
  const ended: string[] = [];
  const shared = {
    async takeCalls(demand: CallDemand): Promise<CallGrant> {
      asked.push(demand);
      const granted = Object.fromEntries(demand.demands.map(({ project, calls }) => [project, calls.length]));
      return { granted, afterMilliseconds: null, heldMilliseconds: 0 };
    },
    holdBack: async (_account: string, milliseconds: number) => void held.push(milliseconds),
    takeJob: async () => true,
    endJob: async (_account: string, runId: string) => void ended.push(runId),
  };
  const limiter = createAccountLimiter({ account: 'team', limits, shared, worker: 'worker' });
  const at = {
    provider: 'hosted',
    account: 'team',
    limits,
    shared,
    limiter,
    onBehalf: async () => ({ runId: 'run-1', project: 'default' }),
    say: () => () => undefined,
  };
  const costs = () => asked.flatMap(({ demands }) => demands.flatMap(({ calls }) => calls));
  return { at, asked, held, ended, costs };
}

const busy = (retryAfterMilliseconds?: number) =>
  providerError('busy', {
    status: 429,
    retryable: true,
    ...(retryAfterMilliseconds !== undefined && { retryAfterMilliseconds }),
  });

const modelThat = (chat: ModelPort['chat']): ModelPort => ({ chat, list: async () => [] });
const answer = { model: 'm', content: 'ham', promptTokens: 40, completionTokens: 2 };
const chat = { model: 'm', messages: [{ role: 'user' as const, content: 'x'.repeat(400) }], maxTokens: 7 };

function trainerThat(over: Partial<Trainer>): Trainer {
  const state: TrainingState = { jobId: 'job', status: 'running', rawStatus: 'running', events: [] };
  return {
    deduplication: 'metadata',
    quote: async () => ({ costMicroUsd: 0, tokens: 0, basis: 'test' }),
    submit: async () => ({ jobId: 'job' }),
    find: async () => undefined,
    follow: async () => state,
    cancel: async () => ({ ...state, status: 'cancelled' }),
    result: async () => ({ jobId: 'job', model: 'm', trainedTokens: null, files: [] }),
    ...over,
  };
}

describe('a model behind the limits of its account', () => {
  it('is counted with its estimated tokens, and settled by what the provider counted', async () => {
    const { at, asked, costs } = openAccount();
    const model = limitModel(
      modelThat(async () => answer),
      at,
    );
    expect(await model.chat(chat)).toEqual(answer);
    expect(costs()).toEqual([{ requests: 1, tokens: 107 }]);
    await expect.poll(() => asked.at(-1)?.givenBack.tokens).toBe(107 - 42);
  });

  it('is asked again after a 429 that says how long to wait, once the whole account was held back', async () => {
    const { at, held } = openAccount();
    let count = 0;
    const model = limitModel(
      modelThat(async () => {
        count += 1;
        if (count === 1) throw busy(2_500);
        if (count === 2) throw busy(10 ** 12);
        return answer;
      }),
      at,
    );
    expect(await model.chat(chat)).toEqual(answer);
    expect(held).toEqual([2_500, 3_600_000]);
  });

  it('fails where a 429 says nothing, and where anything else is wrong', async () => {
    const { at, held } = openAccount();
    for (const error of [
      busy(),
      providerError('broken', { status: 500, retryable: true, retryAfterMilliseconds: 1 }),
    ]) {
      const model = limitModel(
        modelThat(() => Promise.reject(error)),
        at,
      );
      await expect(model.chat(chat)).rejects.toBe(error);
    }
    expect(held).toEqual([]);
  });
});

describe('a trainer behind the limits of its account', () => {
  it('submits no second time by itself: its lines are read once', async () => {
    const { at, held } = openAccount();
    let count = 0;
    const trainer = limitTrainer(
      trainerThat({
        submit: async () => {
          count += 1;
          throw busy(1_500);
        },
      }),
      at,
    );
    await expect(trainer.submit({} as never)).rejects.toThrow('busy');
    expect({ count, held }).toEqual({ count: 1, held: [1_500] });
  });

  it('waits for a place among the jobs before anything is sent, and leaves when cancelled', async () => {
    const { at } = openAccount();
    let submitted = 0;
    let free = false;
    const shared = { ...at.shared, takeJob: async () => free };
    const trainer = limitTrainer(trainerThat({ submit: async () => ({ jobId: `job-${++submitted}` }) }), {
      ...at,
      shared,
    });
    const controller = new AbortController();
    const cancelled = trainer.submit({} as never, controller.signal);
    controller.abort(new Error('cancelled'));
    await expect(cancelled).rejects.toThrow('cancelled');
    const waiting = trainer.submit({} as never);
    expect(submitted).toBe(0);
    free = true;
    expect(await waiting).toEqual({ jobId: 'job-1' });
  });

  it('goes on waiting while Postgres is away, and fails on what waiting does not mend', async () => {
    const { at } = openAccount();
    const answers = [providerError('away', { retryable: true }), new LifecycleError('NOT_FOUND', 'no such run')];
    const shared = { ...at.shared, takeJob: () => Promise.reject(answers.shift() ?? new Error('asked too often')) };
    const trainer = limitTrainer(trainerThat({}), { ...at, shared });
    await expect(trainer.submit({} as never)).rejects.toThrow('no such run');
  });

  it('gives its place back when the job has ended, and not before', async () => {
    const { at, ended } = openAccount();
    let status: TrainingState['status'] = 'running';
    const follow = async (): Promise<TrainingState> => ({ jobId: 'job', status, rawStatus: status, events: [] });
    const trainer = limitTrainer(trainerThat({ follow }), at);
    await trainer.follow('job', undefined);
    expect(ended).toEqual([]);
    status = 'succeeded';
    await trainer.follow('job', undefined);
    expect(ended).toEqual(['run-1']);
  });

  it('cancels at once, and lets others wait for what that took', async () => {
    const { at, asked, costs } = openAccount();
    const cancelled = await limitTrainer(trainerThat({}), at).cancel('job');
    expect(cancelled.status).toBe('cancelled');
    expect(costs()).toEqual([]);
    await expect.poll(() => asked.at(-1)?.givenBack.requests).toBe(-1);
  });
});
