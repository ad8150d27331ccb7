import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import OpenAI from 'openai';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { API_KEY, untilEnded, uploadJsonl } from '../support/local-provider.js';
import { toyJsonl } from '../support/toy-mails.js';

const PROGRAM = new URL('../support/local-provider-process.ts', import.meta.url);
const running: ChildProcess[] = [];
let stateFolder: string;

async function startProcess(): Promise<{ child: ChildProcess; client: OpenAI }> {
  const child = fork(PROGRAM, [stateFolder, API_KEY], { execArgv: ['--import', 'tsx'] });
  running.push(child);
  const [url] = (await once(child, 'message')) as [string];
  return { child, client: new OpenAI({ baseURL: `${url}/v1`, apiKey: API_KEY, maxRetries: 0 }) };
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill('SIGKILL');
  await exited;
}

beforeEach(async () => {
  stateFolder = await mkdtemp(join(tmpdir(), 'assay-local-provider-'));
});
afterEach(async () => {
  await Promise.all(running.splice(0).map(kill));
  await rm(stateFolder, { recursive: true, force: true });
});

it('makes the same model after it was killed in the middle of a job, twice', async () => {
  let { child, client } = await startProcess();
  const training_file = await uploadJsonl(client, toyJsonl(0, 1500, 200));
  const request = { model: 'local/linear-ngram', training_file, seed: 3, hyperparameters: { n_epochs: 15 } };
  const undisturbed = await untilEnded(client, (await client.fineTuning.jobs.create(request)).id);
  const job = await client.fineTuning.jobs.create(request);
  for (let kills = 0; kills < 2; kills++) {
    const seen = (await client.fineTuning.jobs.listEvents(job.id)).data.length;
    while ((await client.fineTuning.jobs.listEvents(job.id, { limit: 100 })).data.length < seen + 4)
      await setTimeout(5);
    expect((await client.fineTuning.jobs.retrieve(job.id)).status).toBe('running');
    await kill(child);
    ({ child, client } = await startProcess());
  }
  const done = await untilEnded(client, job.id);
  expect(done).toMatchObject({ status: 'succeeded', fine_tuned_model: undisturbed.fine_tuned_model });
  expect((await client.fineTuning.jobs.list()).data).toHaveLength(2);
});
