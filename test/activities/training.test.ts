import { CancelledFailure } from '@temporalio/activity';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CurateResult } from '../../activities/curate.js';
import { LifecycleError, providerError } from '../../domain/kernel/errors.js';
import type { TrainingState, Trainer } from '../../domain/ports/trainer.js';
import { createOpenAiTrainer } from '../../providers/openai/trainer.js';
import { runLog } from '../../db/views/run-log.js';
import { createActivityWorld, type ActivityWorld } from '../support/activity-world.js';
import { API_KEY, startLocalProvider, untilEnded, type RunningProvider } from '../support/local-provider.js';
import { toyPlan } from '../support/toy-plan.js';

let provider: RunningProvider;
let trainer: Trainer;
let world: ActivityWorld;
beforeAll(async () => {
  provider = await startLocalProvider();
  trainer = createOpenAiTrainer({ baseUrl: provider.baseUrl(), apiKey: API_KEY });
  world = await createActivityWorld(120, { trainers: { local: trainer } });
});
afterAll(async () => {
  await world.close();
  await provider.stop();
});

const jobCount = async (): Promise<number> => (await provider.client().fineTuning.jobs.list()).data.length;
const stageOf = async (runId: string) => world.dependencies.runs.stageSummary(runId, 'fine-tune');

async function submitted(): Promise<{ runId: string; curated: CurateResult; jobId: string }> {
  const { runId, curated } = await world.curatedRun();
  return { runId, curated, ...(await world.perform('submitTraining', { runId, curated })) };
}

/** A trainer that says this of every job. */
const saying = (over: Partial<TrainingState>): Trainer => ({
  ...trainer,
  follow: async (jobId) => ({ jobId, status: 'running', rawStatus: 'running', events: [], ...over }),
});

const vanished: Trainer['follow'] = async () =>
  Promise.reject(providerError('No such job.', { status: 404, retryable: false }));
const queued: Trainer['follow'] = async (jobId) => ({ jobId, status: 'queued', rawStatus: 'queued', events: [] });

/** A trainer whose provider says that it trained so many tokens. */
const claimingTokens =
  (trainedTokens: number): Trainer['result'] =>
  async (jobId, signal) => ({ ...(await trainer.result(jobId, signal)), trainedTokens });

const claiming = (factor: number): Trainer => ({
  ...trainer,
  result: async (jobId, signal) => {
    const result = await trainer.result(jobId, signal);
    return { ...result, trainedTokens: result.trainedTokens! * factor };
  },
});

describe('training', () => {
  it('makes one job for a run, also where the attempt dies between the job and its note in the ledger', async () => {
    const { runId, curated } = await world.curatedRun();
    const before = await jobCount();
    const { effects } = world.dependencies;
    const dying = { ...effects, done: async () => Promise.reject(new Error('killed here')) };
    const first = world.attempt('submitTraining', { runId, curated }, { over: { effects: dying } });
    await expect(first.result).rejects.toThrow('killed here');
    const { jobId } = await world.perform('submitTraining', { runId, curated });
    expect(await world.perform('submitTraining', { runId, curated })).toEqual({ jobId });
    expect(await jobCount()).toBe(before + 1);
  });

  it('asks for no job above the budget', async () => {
    const { runId, curated } = await world.curatedRun(toyPlan({ budget: { limitMicroUsd: 1, per: 'run' } }));
    const before = await jobCount();
    const dear: Trainer = { ...trainer, quote: async () => ({ costMicroUsd: 2, tokens: 1, basis: 'test' }) };
    const { result } = world.attempt('submitTraining', { runId, curated }, { over: { trainers: { local: dear } } });
    await expect(result).rejects.toMatchObject({ type: 'NOT_ALLOWED', nonRetryable: true });
    expect(await jobCount()).toBe(before);
  });

  it('uploads nothing of what the provider would refuse, and says which lines', async () => {
    const { runId, curated } = await world.curatedRun();
    const before = await jobCount();
    const strict: Trainer = {
      ...trainer,
      submit: async () => Promise.reject(new Error('it was uploaded')),
      inspect: async (files) => {
        const seen = await trainer.inspect!(files);
        const problems = [{ line: 7, problem: 'has 70000 tokens, more than the 65536 that are trained' }];
        return { ...seen, training: { ...seen.training, problems, problemCount: 1 } };
      },
    };
    const { result } = world.attempt('submitTraining', { runId, curated }, { over: { trainers: { local: strict } } });
    await expect(result).rejects.toMatchObject({
      type: 'INVALID_INPUT',
      message: expect.stringMatching(/^Nothing was uploaded: .*\ntraining line 7 has 70000 tokens/),
    });
    expect(await jobCount()).toBe(before);
  });

  it('quotes what the provider then trains, token by token, and keeps both in evidence', async () => {
    const { runId, curated, jobId } = await submitted();
    await untilEnded(provider.client(), jobId);
    const { training } = await world.perform('sealModel', { runId, curated, jobId });
    const { body } = await world.dependencies.evidence.load(training);
    expect(body).toMatchObject({
      quote: { tokens: body['trainedTokens'], costMicroUsd: 0 },
      preflight: { counting: 'counted in words, as it is trained', training: { problems: [], duplicates: 0 } },
      variance: { relative: 0 },
    });
    expect(await stageOf(runId)).not.toHaveProperty('variance');
  });

  it('makes an event of it where more than a tenth more is trained, and goes on', async () => {
    const { runId, curated, jobId } = await submitted();
    await untilEnded(provider.client(), jobId);
    const over = { trainers: { local: claiming(1.5) } };
    const { training } = await world.attempt('sealModel', { runId, curated, jobId }, { over }).result;
    expect((await world.dependencies.evidence.load(training)).body).toMatchObject({ variance: { relative: 0.5 } });
    expect(await stageOf(runId)).toMatchObject({ variance: expect.stringContaining('50.0 % more than the') });
    const { rows } = await world.db.execute(
      sql`select details from audit_event where action = 'training.varied' and subject = ${runId}`,
    );
    expect(rows).toEqual([{ details: expect.objectContaining({ relative: 0.5 }) }]);
  });

  it('stops where the provider trained a thousand times what was quoted, above the budget', async () => {
    const dear = { ...trainer, quote: async () => ({ costMicroUsd: 1_000_000, tokens: 1_000, basis: 'test' }) };
    const { runId, curated } = await world.curatedRun(toyPlan({ budget: { limitMicroUsd: 2_000_000, per: 'run' } }));
    const over = { trainers: { local: { ...dear, result: claimingTokens(1_000_000) } } };
    const { jobId } = await world.attempt('submitTraining', { runId, curated }, { over }).result;
    await untilEnded(provider.client(), jobId);
    await expect(world.attempt('sealModel', { runId, curated, jobId }, { over }).result).rejects.toMatchObject({
      type: 'NOT_ALLOWED',
      message: expect.stringMatching(
        /trained 1000000 tokens, where 1000 were quoted: 1000 USD, above the budget of 2 USD/,
      ),
    });
  });

  it('follows a job from the event at which the last attempt stopped, and beats with the one it has seen', async () => {
    const { runId, jobId } = await submitted();
    await untilEnded(provider.client(), jobId);
    const { events } = await trainer.follow(jobId, undefined);
    const middle = events[Math.floor(events.length / 2)]!.id;
    const asked: (string | undefined)[] = [];
    const noting: Trainer = {
      ...trainer,
      follow: (job, after, signal) => {
        asked.push(after);
        return trainer.follow(job, after, signal);
      },
    };
    const options = { info: { heartbeatDetails: { after: middle } }, over: { trainers: { local: noting } } };
    const { result, heartbeats } = world.attempt('followTraining', { runId, jobId }, options);
    await result;
    expect(asked).toEqual([middle]);
    expect(heartbeats[0]).toEqual({ after: middle });
  });

  it('stops at once when it is cancelled, and says that it was', async () => {
    const { runId } = await world.curatedRun();
    const over = { trainers: { local: saying({}) } };
    const { result, cancel } = world.attempt('followTraining', { runId, jobId: 'job-1' }, { over });
    setTimeout(cancel, 100);
    await expect(result).rejects.toThrow(CancelledFailure);
  });

  it('tells the shutdown of a worker from the cancel of a person', async () => {
    const { runId } = await world.curatedRun();
    const over = { trainers: { local: saying({}) } };
    const { result, cancel } = world.attempt('followTraining', { runId, jobId: 'job-1' }, { over });
    setTimeout(() => cancel('WORKER_SHUTDOWN'), 100);
    await expect(result).rejects.toThrow('WORKER_SHUTDOWN');
    expect(await stageOf(runId)).toBeNull();
  });

  it('bears a status that nobody knows for a while, and then asks a person to look', async () => {
    const { runId } = await world.curatedRun();
    const over = { trainers: { local: saying({ status: 'unknown', rawStatus: 'dreaming' }) } };
    const follow = (info: object) => world.attempt('followTraining', { runId, jobId: 'job-1' }, { over, info });
    const patient = follow({});
    setTimeout(patient.cancel, 100);
    await expect(patient.result).rejects.toThrow(CancelledFailure);
    const strangeSince = Date.now() - 3_600_000;
    await expect(follow({ heartbeatDetails: { strangeSince } }).result).rejects.toMatchObject({
      type: 'PROVIDER',
      nonRetryable: true,
      message: expect.stringContaining("'dreaming'") as string,
    });
  });

  it.each<[string, Partial<Trainer>, string]>([
    ['a job that is queued again', { follow: queued }, 'had begun, and the provider calls it'],
    ['a job that has vanished', { follow: vanished }, 'does not know job job-1 any more'],
  ])('bears %s for a while, and then asks a person to look', async (_, strange, words) => {
    const { runId } = await world.curatedRun();
    const over = { trainers: { local: { ...trainer, ...strange } } };
    const follow = (strangeSince?: number) => {
      const info = { heartbeatDetails: { hasRun: true, strangeSince } };
      return world.attempt('followTraining', { runId, jobId: 'job-1' }, { over, info });
    };
    const patient = follow();
    setTimeout(patient.cancel, 100);
    await expect(patient.result).rejects.toThrow(CancelledFailure);
    await expect(follow(Date.now() - 3_600_000).result).rejects.toMatchObject({
      type: 'PROVIDER',
      nonRetryable: true,
      message: expect.stringContaining(words),
    });
  });

  it.each<[string, LifecycleError]>([
    ['runs again', new LifecycleError('CONFLICT', "Job j is 'running'.")],
    ['has vanished', providerError('No such job.', { status: 404, retryable: false })],
  ])('takes nothing of a job that had succeeded and %s, and says so', async (_, error) => {
    const { runId, curated, jobId } = await submitted();
    const over = { trainers: { local: { ...trainer, result: async () => Promise.reject(error) } } };
    await expect(world.attempt('sealModel', { runId, jobId, curated }, { over }).result).rejects.toMatchObject({
      type: 'CONFLICT',
      nonRetryable: true,
      message: expect.stringMatching(/^The provider said that job \S+ had succeeded, and now: /),
    });
  });

  it('finds the job of an attempt that heard a 500 for an answer, though it is listed late', async () => {
    const { runId, curated } = await world.curatedRun();
    const before = await jobCount();
    let created: string | undefined;
    const failing: Trainer = {
      ...trainer,
      submit: async (request, signal) => {
        ({ jobId: created } = await trainer.submit(request, signal));
        throw providerError('The provider answered 500.', { status: 500, retryable: true });
      },
    };
    const first = world.attempt('submitTraining', { runId, curated }, { over: { trainers: { local: failing } } });
    await expect(first.result).rejects.toMatchObject({ type: 'PROVIDER', nonRetryable: false });
    let asked = 0;
    const late: Trainer = { ...trainer, find: async (key) => (++asked < 2 ? undefined : trainer.find(key)) };
    const second = world.attempt('submitTraining', { runId, curated }, { over: { trainers: { local: late } } });
    expect(await second.result).toEqual({ jobId: created });
    expect(await jobCount()).toBe(before + 1);
  });

  it('submits nothing again where the outcome is unknown and nobody can be asked', async () => {
    const { runId, curated } = await world.curatedRun();
    const cutOff: Trainer = {
      ...trainer,
      deduplication: 'none',
      find: async () => undefined,
      submit: async () => Promise.reject(providerError('The connection broke.', { retryable: true })),
    };
    const over = { trainers: { local: cutOff } };
    await expect(world.attempt('submitTraining', { runId, curated }, { over }).result).rejects.toThrow('broke');
    await expect(world.attempt('submitTraining', { runId, curated }, { over }).result).rejects.toMatchObject({
      nonRetryable: true,
      message: expect.stringContaining('nothing is submitted again'),
    });
  });

  it('ends with the word of the provider when the job failed', async () => {
    const { runId } = await world.curatedRun();
    const over = { trainers: { local: saying({ status: 'failed', rawStatus: 'failed', error: 'too few examples' }) } };
    const { result } = world.attempt('followTraining', { runId, jobId: 'job-1' }, { over });
    await expect(result).rejects.toMatchObject({ nonRetryable: true, message: expect.stringContaining('too few') });
  });

  it('ends with exit code and last words where a command failed, and is not tried again', async () => {
    const { runId } = await world.curatedRun();
    const exit = { code: 3, signal: null, lastWords: 'CUDA out of memory' };
    const failed = { status: 'failed', rawStatus: 'failed', error: 'it ended with exit code 3', exit } as const;
    const { result } = world.attempt(
      'followTraining',
      { runId, jobId: 'job-1' },
      { over: { trainers: { local: saying(failed) } } },
    );
    await expect(result).rejects.toMatchObject({
      type: 'COMMAND',
      nonRetryable: true,
      message:
        "The training job job-1 ended as 'failed': it ended with exit code 3. The last that it said:\nCUDA out of memory",
    });
  });

  it('keeps what the provider tells, once, however often it is followed', async () => {
    const { runId } = await world.curatedRun();
    const events = [1, 2].map((step) => ({ id: `e${step}`, message: `step ${step}`, data: { step } }));
    const over = { trainers: { local: saying({ status: 'succeeded', rawStatus: 'succeeded', events }) } };
    for (let times = 0; times < 2; times++)
      await world.attempt('followTraining', { runId, jobId: 'job-1' }, { over }).result;
    const told = async () => {
      const { entries } = await runLog(world.db, { runId, after: undefined, stage: 'fine-tune', limit: 100 });
      return entries.filter(({ kind }) => kind === 'training').map(({ message }) => message);
    };
    // Transactions of other databases hold a log back too, while they are open.
    await expect.poll(told).toEqual(['step 1', 'step 2']);
  });

  it('refuses before anything is collected what its trainer will not take', async () => {
    const runId = await world.requestRun();
    const problems = ['train.hyperparameters: epoch is not known. Did you mean "epochs"?'];
    const over = { trainers: { local: { ...trainer, problems: () => problems } } };
    await expect(world.attempt('beginRun', { runId }, { over }).result).rejects.toMatchObject({
      type: 'INVALID_INPUT',
      nonRetryable: true,
      message: expect.stringContaining('Did you mean "epochs"?') as string,
    });
  });

  it('cancels the job of a run without knowing its id, and says what became of it', async () => {
    const { runId, jobId } = await submitted();
    await world.perform('cancelTraining', { runId, jobId: null });
    const { status } = await untilEnded(provider.client(), jobId);
    expect(await stageOf(runId)).toEqual({ jobId, job: status });
    await world.perform('cancelTraining', { runId, jobId });

    const { runId: early } = await world.curatedRun();
    await world.perform('cancelTraining', { runId: early, jobId: null });
    expect(await stageOf(early)).toEqual({ jobId: null, job: 'there was none yet' });
  });

  it('seals what came out once, with weights that lie in the artifact store', async () => {
    const { runId, curated, jobId } = await submitted();
    await world.perform('followTraining', { runId, jobId });
    const { registry } = world.dependencies;
    const dying = { ...registry, register: async () => Promise.reject(new Error('killed here')) };
    const first = world.attempt('sealModel', { runId, jobId, curated }, { over: { registry: dying } });
    await expect(first.result).rejects.toThrow('killed here');
    const sealed = await world.perform('sealModel', { runId, jobId, curated });
    expect(await world.perform('sealModel', { runId, jobId, curated })).toEqual(sealed);
    expect(await world.dependencies.artifacts.verify(sealed.subject)).toBe(true);
  });

  it('keeps a summary that a person can read, however long the loss curve is', async () => {
    const { runId, curated, jobId } = await submitted();
    await untilEnded(provider.client(), jobId);
    const events = Array.from({ length: 5_000 }, (_, step) => ({
      id: `e-${step}`,
      message: '',
      data: { step, loss: 1, validationLoss: 2 },
    }));
    const over = { trainers: { local: saying({ events }) } };
    const { training } = await world.attempt('sealModel', { runId, jobId, curated }, { over }).result;
    const losses = (await stageOf(runId))?.['losses'] as { step: number }[];
    expect(losses.length).toBeLessThanOrEqual(152);
    expect(losses.at(-1)).toMatchObject({ step: 4_999 });
    expect((await world.dependencies.evidence.load(training)).body['losses']).toHaveLength(5_000);
  });
});
