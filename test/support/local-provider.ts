import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import OpenAI, { toFile } from 'openai';
import { serveLocalProvider, type LocalProvider } from '../../providers/local/serve.js';

/** Long and odd enough to be found wherever it does not belong. */
export const API_KEY = 'canary-key-of-the-local-provider';

/** A provider on a free port with a state folder of its own, which `stop` removes. */
export async function startLocalProvider() {
  const stateFolder = await mkdtemp(join(tmpdir(), 'assay-local-provider-'));
  const start = () => serveLocalProvider({ port: 0, stateFolder, apiKey: API_KEY });
  let provider = await start();
  return {
    stateFolder,
    url: () => provider.url,
    baseUrl: () => `${provider.url}/v1`,
    client: () => clientOf(provider),
    restart: async () => {
      await provider.close();
      provider = await start();
    },
    stop: async () => {
      await provider.close();
      await rm(stateFolder, { recursive: true, force: true });
    },
  };
}
export type RunningProvider = Awaited<ReturnType<typeof startLocalProvider>>;

const clientOf = (provider: LocalProvider): OpenAI =>
  new OpenAI({ baseURL: `${provider.url}/v1`, apiKey: API_KEY, maxRetries: 0 });

export async function uploadJsonl(client: OpenAI, jsonl: string, name = 'train.jsonl'): Promise<string> {
  const file = await client.files.create({ file: await toFile(Buffer.from(jsonl), name), purpose: 'fine-tune' });
  return file.id;
}

/** Asks every few milliseconds until the job has ended. */
export async function untilEnded(client: OpenAI, jobId: string) {
  for (let tries = 0; tries < 1000; tries++) {
    const job = await client.fineTuning.jobs.retrieve(jobId);
    if (['succeeded', 'failed', 'cancelled'].includes(job.status)) return job;
    await setTimeout(20);
  }
  throw new Error(`Job ${jobId} did not end.`);
}
