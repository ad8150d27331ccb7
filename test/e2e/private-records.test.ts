import { readdir, readFile, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { Client, Connection } from '@temporalio/client';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createFeedbackStore } from '../../db/stores/feedback.js';
import { TASK_QUEUE } from '../../providers/temporal/names.js';
import { createLogger } from '../../server/process/logger.js';
import { gatewayUnderTest } from '../support/gateway-under-test.js';
import { refusal, startHostileServer, type HostileServer } from '../support/hostile-server.js';
import { historyTexts } from '../support/history-texts.js';
import { API_KEY } from '../support/local-provider.js';
import { addPerson } from '../support/people.js';
import { PROJECT } from '../support/seeded-project.js';
import { startStack, type Stack } from '../support/stack.js';
import { toyMail } from '../support/toy-mails.js';
import { toyPlan } from '../support/toy-plan.js';

const MAILS = 400;
const ASKED = 60;
const ALIAS = 'toy-triage';
const ADDRESS = /[\w.+-]+@[\w-]+\.[a-z]{2,}/i;

/** A piece of each mail that is long enough to be found again, and stands in no other text. */
const pieces = Array.from({ length: MAILS }, (_, number) => toyMail(number, 120).text.split('\n')[1]!.slice(100, 180));

/** The keys that are in play: one from a file, one from a variable that a provider repeats in its refusal. */
const ECHOED_KEY = 'canary-key-of-the-provider-that-repeats-it';
const SECRETS = [API_KEY, ECHOED_KEY];

let stack: Stack;
let echoing: HostileServer;
let gatewaySaid = '';
beforeAll(async () => {
  stack = await startStack('private', MAILS);
  echoing = await startHostileServer((request, response) =>
    refusal(401, `Incorrect API key provided: ${request.headers.authorization?.replace('Bearer ', '')}`)(
      request,
      response,
    ),
  );
  await writeFile(join(stack.folder, 'provider-key'), `${API_KEY}\n`, { mode: 0o600 });
  await stack.startWorker({
    environment: {
      ASSAY_SECRETS_FOLDER: stack.folder,
      ASSAY_SECRET_ECHOED_KEY: ECHOED_KEY,
      ASSAY_PROVIDERS: JSON.stringify({
        local: { baseUrl: stack.providerUrl(), apiKey: '${secret:provider-key}' },
        echoing: { baseUrl: echoing.baseUrl, apiKey: '${secret:echoed-key}' },
      }),
    },
  });
});
afterAll(async () => {
  await echoing.close();
  await stack.stop();
});

/** Asks as an application does: through the gateway, which masks what it keeps. */
async function askGateway(): Promise<void> {
  const token = await addPerson(stack.db, {
    id: 'inbox',
    project: PROJECT,
    roles: ['product'],
    kind: 'service',
    scopes: ['gateway'],
  });
  const { app, record } = gatewayUnderTest(stack.db, {
    models: { local: { baseUrl: stack.providerUrl(), apiKey: API_KEY } },
    instance: stack.instance,
    publicKey: stack.publicKey,
    log: createLogger(
      'test',
      'trace',
      new Writable({
        write: (chunk, _, done) => {
          gatewaySaid += String(chunk);
          done();
        },
      }),
    ),
  });
  for (let number = 0; number < ASKED; number += 1) {
    const response = await app.request('/v1/chat/completions', {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({
        model: ALIAS,
        messages: [{ role: 'user', content: toyMail(number, 120).text }],
        metadata: { item: `later/${number}` },
      }),
    });
    expect(response.status).toBe(200);
  }
  await record.close();
}

async function monitor(): Promise<void> {
  const labels = Array.from({ length: ASKED }, (_, at) => ({ itemKey: `later/${at}`, label: toyMail(at).label }));
  await createFeedbackStore(stack.db).recordFeedback({
    project: PROJECT,
    alias: ALIAS,
    principal: 'ada',
    items: labels,
  });
  const connection = await Connection.connect({ address: stack.temporal.address });
  const { workflow } = new Client({ connection, namespace: stack.temporal.namespace });
  const input = { project: PROJECT, alias: ALIAS };
  await workflow.execute('monitorWorkflow', { workflowId: 'window', taskQueue: TASK_QUEUE, args: [input] });
  await connection.close();
}

/** Every row of every table, as text, with what stands in signed envelopes. */
async function tableTexts(): Promise<Map<string, string>> {
  const texts = new Map<string, string>();
  const { rows: tables } = await stack.db.execute<{ name: string }>(
    sql`select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')
        and not relispartition and has_table_privilege(oid, 'select')`,
  );
  for (const { name } of tables) {
    const { rows } = await stack.db.execute<{ text: string; signed: string | null }>(
      sql`select to_jsonb(t)::text as text, to_jsonb(t) -> 'envelope' ->> 'payload' as signed from ${sql.identifier(name)} t`,
    );
    const whole = rows.map(({ text, signed }) => text + Buffer.from(signed ?? '', 'base64').toString('utf8'));
    texts.set(name, whole.join('\n'));
  }
  return texts;
}

const isFree = (text: string): boolean =>
  !ADDRESS.test(text.replaceAll(hostname(), 'host')) &&
  !pieces.some((piece) => text.includes(piece)) &&
  !holdsKey(text);

const holdsKey = (text: string): boolean => SECRETS.some((secret) => text.includes(secret));

async function artifactsThatHoldKeys(): Promise<string[]> {
  const found: string[] = [];
  for (const file of await readdir(stack.artifactsFolder, { recursive: true, withFileTypes: true })) {
    const path = join(file.parentPath, file.name);
    if (holdsKey(path) || (file.isFile() && holdsKey(await readFile(path, 'latin1')))) found.push(path);
  }
  return found;
}

describe('what records say, who wrote them, and keys', () => {
  it('stand in no table, no history and no log; records in the artifact store alone, keys nowhere', async () => {
    const run = await stack.requestRun(toyPlan());
    await stack.until(run, ({ stages }) => stages.some(({ stage, waitingFor }) => stage === 'approve' && waitingFor));
    await stack.sign(run);
    await stack.until(run, ({ status }) => status === 'succeeded');
    // A run that fails says why, in its own words.
    const { train } = toyPlan();
    const failing = toyPlan({ name: 'failing', train: { seed: 7, ...train, hyperparameters: { warmUp: 3 } } });
    const failed = await stack.requestRun(failing);
    await stack.until(failed, ({ status }) => status === 'failed');
    // So does one whose provider repeats the key that it was sent.
    const echoed = await stack.requestRun(
      toyPlan({ name: 'echoed', model: { ...toyPlan().model, provider: 'echoing' } }),
    );
    const { reason } = await stack.until(echoed, ({ status }) => status === 'failed');
    expect(reason).toContain('Incorrect API key provided');
    expect(echoing.seen[0]?.headers.authorization).toBe(`Bearer ${ECHOED_KEY}`);
    await askGateway();
    await monitor();

    const tables = await tableTexts();
    const samples = tables.get('served_request') ?? '';
    expect(samples).toContain('[EMAIL]');
    expect(samples).not.toMatch(ADDRESS);
    // The pieces are such that they would be found.
    expect(pieces.slice(0, ASKED).every((piece) => samples.includes(piece))).toBe(true);
    expect(holdsKey(samples)).toBe(false);
    tables.delete('served_request');
    expect(tables.size).toBeGreaterThan(20);
    expect([...tables].filter(([, text]) => !isFree(text)).map(([name]) => name)).toEqual([]);

    const histories = await historyTexts(stack.temporal);
    expect([...histories.keys()]).toEqual(expect.arrayContaining([`lifecycle/${PROJECT}/${run}`, 'window']));
    expect([...histories.values()].join()).toContain('curateData');
    expect([...histories].filter(([, text]) => !isFree(text)).map(([id]) => id)).toEqual([]);
    expect(isFree(stack.said())).toBe(true);
    expect(isFree(gatewaySaid)).toBe(true);
    expect(await artifactsThatHoldKeys()).toEqual([]);
  });
});
