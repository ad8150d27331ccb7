import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { templateFiles } from '../../cli/init/template-files.js';
import { writeNewFiles } from '../../cli/init/write-new-files.js';
import { loadLifecycle } from '../../domain/lifecycle-file/load-lifecycle.js';
import { startStack, type Stack } from '../support/stack.js';
import { toyMail } from '../support/toy-mails.js';

let stack: Stack;
beforeAll(async () => {
  stack = await startStack('own-files', 2);
  await stack.startWorker();
}, 120_000);
afterAll(() => stack?.stop());

const QUICK = 'deploy: { rollout: [{ traffic: 50, bake: 100ms }, { traffic: 100 }] }\n';

/** Made-up records of two kinds, in place of those that only show the form. */
async function writeRecords(folder: string): Promise<void> {
  for (const [label, parity] of Object.entries({ question: 0, complaint: 1 })) {
    const lines = Array.from({ length: 150 }, (_, index) => toyMail(index * 2 + parity, 60)).map(({ text }) =>
      JSON.stringify({ input: text }),
    );
    await writeFile(join(folder, 'data', label, 'examples.jsonl'), `${lines.join('\n')}\n`);
  }
}

describe('the template own-files', () => {
  it('runs from files to a served model', async () => {
    const folder = join(stack.folder, 'mine');
    await writeNewFiles(folder, await templateFiles('own-files', 'mine'));
    await writeRecords(folder);
    await writeFile(join(folder, 'quick.yaml'), QUICK);
    const files = [join(folder, 'assay.yaml'), join(folder, 'quick.yaml')];
    const { plan } = await loadLifecycle(files, (path) => readFile(path, 'utf8'));
    const runId = await stack.requestRun(plan);
    await stack.until(runId, ({ stages }) => stages.some(({ status }) => status === 'waiting'), 120);
    await stack.sign(runId);
    const { stages } = await stack.until(runId, ({ status }) => status === 'succeeded', 120);
    expect(stages.map(({ stage, status }) => `${stage} ${status}`)).toEqual([
      'collect succeeded',
      'curate succeeded',
      'fine-tune succeeded',
      'evaluate succeeded',
      'approve succeeded',
      'deploy succeeded',
      'monitor succeeded',
    ]);
  });
});
