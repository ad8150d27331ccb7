import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { templateFiles } from '../../cli/init/template-files.js';
import { writeNewFiles } from '../../cli/init/write-new-files.js';
import { createImportRequests } from '../../db/stores/import-store.js';
import { createPrompts } from '../../db/stores/prompt-store.js';
import { loadLifecycle } from '../../domain/lifecycle-file/load-lifecycle.js';
import type { LifecyclePlan } from '../../domain/lifecycle-file/plan.js';
import { createFilesystemArtifacts } from '../../providers/artifacts/filesystem.js';
import { baseCard } from '../support/checklist-facts.js';
import { gatewayUnderTest } from '../support/gateway-under-test.js';
import { API_KEY, untilEnded } from '../support/local-provider.js';
import { addPerson } from '../support/people.js';
import { PROJECT } from '../support/seeded-project.js';
import { startStack, type Stack } from '../support/stack.js';
import { toyMail } from '../support/toy-mails.js';

let stack: Stack;
beforeAll(async () => {
  stack = await startStack('prompt-only', 2);
  await stack.startWorker();
}, 120_000);
afterAll(() => stack?.stop());

const messageOf = (index: number): string => toyMail(index, 60).text;

/** A model of the local provider that was trained before, as the other templates leave one. */
async function trainedBefore(): Promise<string> {
  const lines = Array.from({ length: 200 }, (_, index) => {
    const answer = index % 2 === 0 ? 'question' : 'complaint';
    const messages = [
      { role: 'user', content: messageOf(index) },
      { role: 'assistant', content: answer },
    ];
    return JSON.stringify({ messages });
  });
  const { fineTuning, files } = stack.client;
  const file = new File([lines.join('\n')], 'training.jsonl');
  const { id: training_file } = await files.create({ file, purpose: 'fine-tune' });
  const { id } = await fineTuning.jobs.create({ model: 'local/linear-ngram', training_file, seed: 7 });
  return (await untilEnded(stack.client, id)).fine_tuned_model!;
}

/** The template with records of two kinds, an imported base model and a registered prompt, as its comments say. */
async function planOf(folder: string): Promise<LifecyclePlan> {
  await writeNewFiles(folder, await templateFiles('prompt-only', 'mine'));
  for (const [label, parity] of Object.entries({ question: 0, complaint: 1 })) {
    const inputs = Array.from({ length: 60 }, (_, index) => messageOf(1_000 + index * 2 + parity));
    const lines = inputs.map((input) => JSON.stringify({ input }));
    await writeFile(join(folder, 'data', label, 'examples.jsonl'), `${lines.join('\n')}\n`);
  }
  const file = join(folder, 'assay.yaml');
  const text = (await readFile(file, 'utf8'))
    .replace('base: { id: sorter, card: ./bases/sorter.yaml }', 'base: { import: sorter@1 }')
    .replace('prompt: ./prompts/sort.md', 'prompt: sort@1');
  await writeFile(file, text);
  await writeFile(join(folder, 'quick.yaml'), 'deploy: { rollout: [{ traffic: 100 }] }\n');
  const imports = createImportRequests(stack.db);
  const prompts = createPrompts(stack.db);
  const prompt = await readFile(join(folder, 'prompts', 'sort.md'), 'utf8');
  await prompts.push({ project: PROJECT, name: 'sort', text: prompt, author: 'ada' });
  const { plan } = await loadLifecycle([file, join(folder, 'quick.yaml')], (path) => readFile(path, 'utf8'), {
    prompt: async (reference) => {
      const { id, digest, text: kept } = await prompts.find(PROJECT, reference);
      return { from: id, digest, text: kept };
    },
    base: async (id) => {
      const { evidence, source, card } = await imports.find(PROJECT, id);
      return { id, evidence: evidence!, source, card };
    },
  });
  return plan;
}

describe('the template prompt-only', () => {
  it('goes from an imported model and a prompt to a served answer, and nothing is trained', async () => {
    const model = await trainedBefore();
    const imports = createImportRequests(stack.db);
    const source = { kind: 'endpoint', provider: 'local', model } as const;
    const asked = { project: PROJECT, name: 'sorter', source, card: baseCard, requestedBy: 'ada' };
    const { id } = await imports.request(asked);
    await expect.poll(async () => (await imports.find(PROJECT, id)).state, { timeout: 60_000 }).toBe('imported');

    const plan = await planOf(join(stack.folder, 'mine'));
    const runId = await stack.requestRun(plan);
    await stack.untilAsked(runId);
    await stack.sign(runId);
    const { stages } = await stack.until(runId, ({ status }) => status === 'succeeded', 120);
    expect(stages.map(({ stage, status }) => `${stage} ${status}`)).toEqual([
      'collect succeeded',
      'curate succeeded',
      'fine-tune skipped',
      'evaluate succeeded',
      'approve succeeded',
      'deploy succeeded',
      'monitor succeeded',
    ]);
    expect((await stack.client.fineTuning.jobs.list()).data).toHaveLength(1);

    const { app, record } = gatewayUnderTest(stack.db, {
      artifacts: createFilesystemArtifacts(stack.artifactsFolder),
      models: { local: { baseUrl: stack.providerUrl(), apiKey: API_KEY } },
      instance: stack.instance,
      publicKey: stack.publicKey,
    });
    const scopes = ['gateway'];
    const token = await addPerson(stack.db, {
      id: 'desk',
      project: PROJECT,
      roles: ['product'],
      kind: 'service',
      scopes,
    });
    const answer = await app.request('/v1/chat/completions', {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ model: 'prompted-sorting', messages: [{ role: 'user', content: messageOf(5_000) }] }),
    });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('x-assay-version')).toBe('prompted-sorting@1');
    expect(await answer.json()).toMatchObject({ choices: [{ message: { content: 'question' } }] });
    await record.close();
  });
});
