import { createHash, generateKeyPairSync } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { sql } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { digestBytes } from '../../domain/evidence/canonical.js';
import { createDatabase } from '../../db/pool.js';
import { createAccounts } from '../../db/stores/accounts.js';
import { createTrafficStore } from '../../db/stores/traffic-store.js';
import type { GatewayDependencies } from '../../server/gateway/dependencies.js';
import { createGatewayStores } from '../../server/gateway/gateway-stores.js';
import { INSTANCE } from '../support/approval-files.js';
import { ownDatabase } from '../support/own-database.js';
import { gatewayUnderTest } from '../support/gateway-under-test.js';
import { addPerson } from '../support/people.js';
import { asOwner } from '../support/postgres.js';
import { addVersion, point, release, type ReleasedVersion } from '../support/released-version.js';
import { PROJECT } from '../support/seeded-project.js';

const keys = generateKeyPairSync('ed25519');
const OTHER_KEY = generateKeyPairSync('ed25519').privateKey;
const KEY_OF_PROVIDER = 'key-of-the-provider';

/** What the provider does next; it echoes the model it was asked for. */
type Reaction = { status: number; body: string; headers?: Record<string, string> };

describe('the gateway', () => {
  const opened = ownDatabase();
  let provider: Server;
  let token: string;
  let first: ReleasedVersion;
  let reaction: Reaction | undefined;
  const asked: { headers: Record<string, unknown>; body: Record<string, unknown> }[] = [];
  const recorders: { close(): Promise<void> }[] = [];

  beforeAll(async () => {
    token = await addPerson(opened.db, {
      id: 'inbox',
      project: PROJECT,
      roles: ['product'],
      kind: 'service',
      scopes: ['gateway'],
    });
    provider = createServer(async (request, response) => {
      const body = JSON.parse(Buffer.concat(await request.toArray()).toString()) as Record<string, unknown>;
      asked.push({ headers: request.headers, body });
      const message = { role: 'assistant', content: `spam, says ${String(body['model'])}` };
      const usage = { prompt_tokens: 7, completion_tokens: 2, total_tokens: 9 };
      const answer = { id: 'theirs', object: 'chat.completion', model: body['model'], choices: [{ message }], usage };
      const { status, body: text, headers = {} } = reaction ?? { status: 200, body: JSON.stringify(answer) };
      response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(text);
    });
    provider.listen(0, '127.0.0.1');
    await once(provider, 'listening');
    first = await addVersion(opened.db);
    await release(opened.db, first, keys.privateKey);
    await point(opened.db, [[first, 100]]);
  });
  afterEach(async () => {
    reaction = undefined;
    await Promise.all(recorders.splice(0).map((recorder) => recorder.close()));
  });
  afterAll(async () => {
    provider.close();
  });

  const gateway = (over: Partial<GatewayDependencies> = {}) => {
    const { port } = provider.address() as AddressInfo;
    const { app, record } = gatewayUnderTest(opened.db, {
      models: { local: { baseUrl: `http://127.0.0.1:${port}/v1`, apiKey: KEY_OF_PROVIDER } },
      instance: INSTANCE,
      publicKey: keys.publicKey,
      ...over,
    });
    recorders.push(record);
    return app;
  };
  const chat = async (
    app: ReturnType<typeof gateway>,
    body: Record<string, unknown> = {},
    headers: Record<string, string> = {},
  ) => {
    const response = await app.request('/v1/chat/completions', {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ model: 'email-triage', messages: [{ role: 'user', content: 'win a prize' }], ...body }),
    });
    const json = (await response.json()) as { error?: { code: string; message: string } } & Record<string, unknown>;
    return { status: response.status, headers: response.headers, json };
  };
  const refusals = async (versionId: string) =>
    (
      await opened.pool.query<{ details: { reason: string } }>(
        `select details from audit_event where action = 'attempt.refused' and subject = $1`,
        [versionId],
      )
    ).rows;

  it('answers under the alias, with the version and the request named', async () => {
    const app = gateway();
    const { status, headers, json } = await chat(app, { temperature: 0, user: 'eve', metadata: { item: 'past/1' } });
    expect(status).toBe(200);
    expect(json).toMatchObject({ model: 'email-triage', usage: { prompt_tokens: 7, completion_tokens: 2 } });
    expect(headers.get('x-assay-version')).toBe(first.version.id);
    expect(json['id']).toBe(headers.get('x-assay-request'));
    const { headers: sent, body } = asked.at(-1) ?? { headers: {}, body: {} };
    expect(sent['authorization']).toBe(`Bearer ${KEY_OF_PROVIDER}`);
    expect(Object.keys(body).toSorted()).toEqual(['messages', 'model', 'temperature']);
    expect(body['model']).toBe(first.version.trained.model);
    const models = await app.request('/v1/models', { headers: { authorization: `Bearer ${token}` } });
    expect(await models.json()).toMatchObject({ object: 'list', data: [{ id: 'email-triage', object: 'model' }] });
  });

  it("puts the version's prompt around what the caller says, and serves it no more once a byte of it was changed", async () => {
    const text = 'Answer "spam" or "ham".\n--- user ---\nThe mail: {{input}}\n';
    const prompt = { from: 'sort@1', digest: digestBytes(text), text };
    const prompted = await addVersion(opened.db, null, undefined, { jobId: null, prompt });
    await release(opened.db, prompted, keys.privateKey);
    await point(opened.db, [[prompted, 100]]);
    try {
      const caller = { role: 'system', content: 'Be brief.' };
      const messages = [caller, { role: 'user', content: 'win $& a prize' }];
      expect(await chat(gateway(), { messages })).toMatchObject({ status: 200 });
      expect(asked.at(-1)?.body['messages']).toEqual([
        { role: 'system', content: 'Answer "spam" or "ham".' },
        caller,
        { role: 'user', content: 'The mail: win $& a prize' },
      ]);
      const parts = [{ role: 'user', content: [{ type: 'text', text: 'win' }] }];
      expect(await chat(gateway(), { messages: parts })).toMatchObject({ status: 400 });

      await asOwner(opened.db, async (owner) => {
        await owner.execute(sql`alter table model_version disable trigger model_version_keeps_rows`);
        const altered = JSON.stringify(text.replace('or', 'Or'));
        await owner.execute(
          sql`update model_version set trained = jsonb_set(trained, '{prompt,text}', ${altered}::jsonb) where id = ${prompted.version.id}`,
        );
        await owner.execute(sql`alter table model_version enable always trigger model_version_keeps_rows`);
      });
      const refused = await chat(gateway());
      expect(refused).toMatchObject({ status: 403, json: { error: { code: 'version_not_approved' } } });
      expect(refused.json.error?.message).toContain('the model is not the one that was approved');
    } finally {
      await point(opened.db, [[first, 100]]);
    }
  });

  it('stores a sample of each answer, masked', async () => {
    const app = gateway();
    const content = `Call 0791 1234 567 or write to bob@mail.example.com\0 at http://prize.example.com/x`;
    const { headers } = await chat(app, { messages: [{ role: 'user', content }], metadata: { item: 'later/7' } });
    await recorders.at(-1)?.close();
    const { rows } = await opened.pool.query(`select * from served_request where id = $1`, [
      headers.get('x-assay-request'),
    ]);
    expect(rows).toMatchObject([
      { alias: 'email-triage', version_id: first.version.id, item_key: 'later/7', prompt_tokens: 7 },
    ]);
    expect(rows[0].masked_input).toMatch(/^Call \[NUMBER\] or write to \[EMAIL\]/);
    expect(JSON.stringify(rows)).not.toMatch(/bob@|0791|prize\.example/);
    expect(rows[0].output).toMatch(/^spam, says/);
  });

  it('records what failed too, which the monitor passes by', async () => {
    const app = gateway();
    const ids: (string | null)[] = [];
    for (const status of [500, 429, 400]) {
      reaction = { status, body: '{}' };
      ids.push((await chat(app, { metadata: { item: `failed/${status}` } })).headers.get('x-assay-request'));
    }
    ids.push((await chat(gateway({ models: {} }))).headers.get('x-assay-request'));
    await Promise.all(recorders.map((recorder) => recorder.close()));
    const { rows } = await opened.pool.query(
      `select outcome, output, version_id from served_request where id = any($1) order by number`,
      [ids],
    );
    expect(rows.map(({ outcome }) => outcome).toSorted()).toEqual([
      'provider_failed',
      'provider_refused',
      'rate_limited',
      'unavailable',
    ]);
    expect(rows.every((row) => row.output === '' && row.version_id === first.version.id)).toBe(true);
    const items = await createTrafficStore(opened.db).since(PROJECT, 'email-triage', null, 1000);
    expect(items.filter(({ id }) => ids.includes(id))).toEqual([]);
  });

  it('takes no request whose row no table would take, and counts what a provider reports within bounds', async () => {
    const app = gateway();
    expect((await chat(app, { metadata: { item: 'a\0b' } })).status).toBe(400);
    expect((await chat(app, { metadata: { item: 'x'.repeat(501) } })).status).toBe(400);
    expect((await chat(app, { model: 'a\0b' })).json.error?.code).toBe('model_not_found');
    expect((await chat(app, { model: '__proto__' })).json.error?.code).toBe('model_not_found');
    const polluted = JSON.parse('{"__proto__": "x", "constructor": "y", "item": "ok"}') as Record<string, string>;
    expect((await chat(app, { metadata: polluted })).status).toBe(200);
    const message = { role: 'assistant', content: 'ham' };
    const usage = { prompt_tokens: 2 ** 52, completion_tokens: 1 };
    reaction = { status: 200, body: JSON.stringify({ choices: [{ message }], usage }) };
    const { headers } = await chat(app);
    await recorders.at(-1)?.close();
    const { rows } = await opened.pool.query(`select prompt_tokens from served_request where id = $1`, [
      headers.get('x-assay-request'),
    ]);
    expect(rows).toEqual([{ prompt_tokens: 2 ** 31 - 1 }]);
  });

  it('shares the traffic by weight and keeps a key with its version', async () => {
    const second = await addVersion(opened.db);
    await release(opened.db, second, keys.privateKey);
    await point(opened.db, [
      [first, 80],
      [second, 20],
    ]);
    const app = gateway();
    const ask = async (key: string) => (await chat(app, {}, { 'x-assay-key': key })).headers.get('x-assay-version');
    const names = Array.from({ length: 200 }, (_, index) => `person-${index}`);
    const answered = await Promise.all(names.map(ask));
    const again = await Promise.all(names.map(ask));
    expect(again).toEqual(answered);
    const share = answered.filter((id) => id === second.version.id).length / names.length;
    expect(share).toBeGreaterThan(0.1);
    expect(share).toBeLessThan(0.3);
    await point(opened.db, [[first, 100]]);
  });

  it('refuses a version that nobody approved, and audits that once', async () => {
    const unapproved = await addVersion(opened.db);
    await point(opened.db, [[unapproved, 100]]);
    const app = gateway();
    const [one] = await Promise.all([chat(app), chat(app), chat(app)]);
    expect(one).toMatchObject({ status: 403, json: { error: { code: 'version_not_approved' } } });
    expect(await refusals(unapproved.version.id)).toMatchObject([
      { details: { reason: expect.stringMatching(/no approved request/) } },
    ]);
    const models = await app.request('/v1/models', { headers: { authorization: `Bearer ${token}` } });
    expect(await models.json()).toMatchObject({ data: [] });
    await point(opened.db, [[first, 100]]);
  });

  it('refuses a version that was signed with another key', async () => {
    const forged = await addVersion(opened.db);
    await release(opened.db, forged, OTHER_KEY);
    await point(opened.db, [[forged, 100]]);
    expect((await chat(gateway())).json.error?.message).toMatch(/signature does not verify/);
    await point(opened.db, [[first, 100]]);
  });

  it('stops serving within seconds when a decision row was altered', async () => {
    const version = await addVersion(opened.db);
    await release(opened.db, version, keys.privateKey);
    await point(opened.db, [[version, 100]]);
    let now = Date.now();
    const app = gateway({ clock: () => now });
    expect((await chat(app)).status).toBe(200);
    await alter(opened.ownerUrl, `update decision set verdict = 'reject' where request_id = $1 and role = 'risk'`, [
      version.request.id,
    ]);
    now += 2001;
    expect(await chat(app)).toMatchObject({ status: 403, json: { error: { code: 'version_not_approved' } } });
    await point(opened.db, [[first, 100]]);
  });

  it('attack 4: stops serving when bound evidence was altered or its weights are', async () => {
    const version = await addVersion(opened.db);
    await release(opened.db, version, keys.privateKey);
    await point(opened.db, [[version, 100]]);
    const evidence = createGatewayStores(opened.db).evidence;
    const missing = version.request.subject.gateVerdicts;
    const broken = { load: (id: typeof missing) => evidence.load(id === missing ? `sha256:${'0'.repeat(64)}` : id) };
    expect((await chat(gateway({ evidence: broken }))).json.error?.message).toMatch(/evidence .* missing or altered/);

    const bytes = Buffer.from('weights');
    const digest = `sha256:${createHash('sha256').update(bytes).digest('hex')}` as const;
    const weighed = await addVersion(opened.db, { digest, bytes: bytes.length });
    await release(opened.db, weighed, keys.privateKey);
    await point(opened.db, [[weighed, 100]]);
    const artifacts = (isIntact: boolean) =>
      ({ verify: () => Promise.resolve(isIntact) }) as unknown as NonNullable<GatewayDependencies['artifacts']>;
    expect((await chat(gateway({ artifacts: artifacts(true) }))).status).toBe(200);
    expect((await chat(gateway({ artifacts: artifacts(false) }))).json.error?.message).toMatch(/stored weights/);
    await point(opened.db, [[first, 100]]);
  });

  it('goes on serving when a signer gives a role back after the release', async () => {
    const version = await addVersion(opened.db);
    await release(opened.db, version, keys.privateKey);
    await point(opened.db, [[version, 100]]);
    const grant = { principal: 'leo', project: PROJECT, role: 'legal' } as const;
    await asOwner(opened.db, (owner) => createAccounts(owner).revokeRole(grant, 'test'));
    expect((await chat(gateway())).status).toBe(200);
    await asOwner(opened.db, (owner) => createAccounts(owner).grantRole(grant, 'test'));
    await point(opened.db, [[first, 100]]);
  });

  it('takes its own tokens only, and says no to streams, unknown aliases and what is no chat request', async () => {
    const app = gateway();
    const person = await addPerson(opened.db, { id: 'pat', project: PROJECT, roles: ['viewer'] });
    const demo = await addPerson(opened.db, {
      id: 'demo-inbox',
      project: PROJECT,
      roles: ['product'],
      kind: 'service',
      isDemo: true,
      scopes: ['gateway'],
    });
    const codeWith = async (authorization: string) => (await chat(app, {}, { authorization })).json.error?.code;
    expect(await codeWith('Bearer nobody')).toBe('invalid_api_key');
    expect(await codeWith(`Bearer ${person}`)).toBe('not_allowed');
    expect(await codeWith(`Bearer ${demo}`)).toBe('invalid_api_key');
    expect(await chat(app, { stream: true })).toMatchObject({
      status: 400,
      json: { error: { code: 'stream_not_supported' } },
    });
    expect(await chat(app, { model: 'nothing' })).toMatchObject({
      status: 404,
      json: { error: { code: 'model_not_found' } },
    });
    expect((await chat(app, { messages: 'hello' })).status).toBe(400);
  });

  it('maps what a provider does wrong, and repeats none of its words', async () => {
    const app = gateway();
    const react = async (next: Reaction) => {
      reaction = next;
      const answer = await chat(app);
      expect(JSON.stringify(answer.json)).not.toContain('their words');
      return `${answer.status} ${answer.json.error?.code}`;
    };
    const body = '{"error":"their words"}';
    expect(await react({ status: 429, body, headers: { 'retry-after': '7' } })).toBe('429 rate_limited');
    expect((await chat(app)).headers.get('retry-after')).toBe('7');
    expect(await react({ status: 500, body })).toBe('502 provider_failed');
    expect(await react({ status: 401, body })).toBe('502 provider_failed');
    expect(await react({ status: 400, body })).toBe('400 provider_refused');
    expect(await react({ status: 200, body: '<html>their words' })).toBe('502 provider_failed');
    expect(await react({ status: 200, body })).toBe('502 provider_failed');
  });
});

/** As the owner with the triggers off: what somebody with the database in their hands could do. */
async function alter(ownerUrl: string, statement: string, values: string[]): Promise<void> {
  const { pool, close } = createDatabase(ownerUrl);
  await pool.query('alter table decision disable trigger decision_keeps_rows');
  await pool.query(statement, values);
  await pool.query('alter table decision enable always trigger decision_keeps_rows');
  await close();
}
