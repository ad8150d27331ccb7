import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client, Connection } from '@temporalio/client';
import { Worker } from '@temporalio/worker';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createPayloadCodec } from '../../providers/temporal/payload-codec.js';
import { workflowBundle } from '../../workers/bundle.js';
import { historyTexts } from '../support/history-texts.js';
import { PROJECT } from '../support/seeded-project.js';
import { startStack, type Stack } from '../support/stack.js';
import { toyPlan } from '../support/toy-plan.js';
import { quietRuntime } from '../support/workflow-worker.js';

const CACHE = fileURLToPath(new URL('../../.assay/cache', import.meta.url));
const older = { id: 'key-2025', bytes: randomBytes(32) };
const newer = { id: 'key-2026', bytes: randomBytes(32) };

let stack: Stack;
beforeAll(async () => {
  stack = await startStack('encrypted', 120);
  for (const { id, bytes } of [older, newer])
    await writeFile(join(stack.folder, id), `${bytes.toString('base64')}\n`, { mode: 0o600 });
});
afterAll(() => stack.stop());

const startWith = (...ids: string[]): Promise<void> =>
  stack.startWorker({
    environment: {
      ASSAY_SECRETS_FOLDER: stack.folder,
      ASSAY_PAYLOAD_KEYS: JSON.stringify(ids.map((id) => ({ id, key: `\${secret:${id}}` }))),
    },
  });

async function rawHistory(workflowId: string) {
  const connection = await Connection.connect({ address: stack.temporal.address });
  const { workflow } = new Client({ connection, namespace: stack.temporal.namespace });
  const history = await workflow.getHandle(workflowId).fetchHistory();
  await connection.close();
  return history;
}

async function replay(run: string, keys: (typeof older)[]): Promise<void> {
  quietRuntime();
  const payloadCodecs = [createPayloadCodec(keys)];
  const bundle = await workflowBundle(CACHE, 'encoded');
  const history = await rawHistory(`lifecycle/${PROJECT}/${run}`);
  await Worker.runReplayHistory({ workflowBundle: bundle, dataConverter: { payloadCodecs } }, history);
}

async function until(isThere: () => boolean): Promise<void> {
  const deadline = Date.now() + 60_000;
  while (!isThere()) {
    if (Date.now() > deadline) throw new Error(`nobody said so: ${stack.said()}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** What any run's payloads and failures say in plain text. */
const READABLE = /"runId"|sha256:|curated|hyperparameter|warm_up/;

describe('encrypted payloads', () => {
  it('keep arguments and error texts out of histories, through an exchange of keys and the lack of one', async () => {
    await startWith('key-2025');
    const run = await stack.requestRun(toyPlan());
    await stack.untilAsked(run);
    await stack.killWorker();

    await startWith('key-2026', 'key-2025');
    const failing = toyPlan({ name: 'failing', train: { seed: 7, hyperparameters: { warmUp: 3 } } });
    const failed = await stack.requestRun(failing);
    const { reason } = await stack.until(failed, ({ status }) => status === 'failed');
    // The reason is there for people, in our own table; it would be found in a history.
    expect(reason).toMatch(READABLE);
    await stack.killWorker();

    // Without the older key what it encrypted waits, and says for what; nothing is done in its place.
    await startWith('key-2026');
    expect(stack.said()).toContain('without the earlier payload keys key-2025: what they encrypted will wait');
    const before = stack.said().length;
    await stack.sign(run);
    await until(() => stack.said().slice(before).includes("encrypted with the key 'key-2025'"));
    await stack.endWorker();

    // The new key encrypts what comes, the old one still reads what was.
    await startWith('key-2026', 'key-2025');
    await stack.until(run, ({ status }) => status === 'succeeded');
    await stack.killWorker();
    const histories = await historyTexts(stack.temporal);
    expect(histories.size).toBeGreaterThan(2);
    expect([...histories].filter(([, text]) => READABLE.test(text)).map(([id]) => id)).toEqual([]);
    const whole = histories.get(`lifecycle/${PROJECT}/${run}`)!;
    expect(whole).toContain('key-2025');
    expect(whole).toContain('key-2026');
    expect([...histories.values()].join()).toContain('Encoded failure');

    await replay(run, [newer, older]);
    await expect(replay(run, [newer])).rejects.toThrow(
      "encrypted with the key 'key-2025', which this process does not",
    );
    // Nor does a worker start that would write in plain text.
    await expect(stack.startWorker()).rejects.toThrow(
      "This installation encrypts payloads with the key 'key-2026', which this worker does not have (it has: none).",
    );
  });
});
