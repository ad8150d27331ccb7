import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { auditEntrySchema, auditPageSchema } from '../../domain/api/audit.js';
import { aliasViewSchema, modelListSchema } from '../../domain/api/model.js';
import { canonicalJson } from '../../domain/evidence/canonical.js';
import { sequence } from '../../db/audit/sequencer.js';
import { auditEvent, auditLeaf } from '../../db/schema/audit.js';
import { openApi, signingKeys, type ApiUnderTest } from '../support/api-under-test.js';
import { addVersion, point, release } from '../support/released-version.js';

describe('what the api lists', () => {
  let api: ApiUnderTest;
  beforeAll(async () => {
    api = await openApi();
  });
  afterAll(() => api.close());

  it('shows versions, where they are live, and how an alias came there', async () => {
    const released = await addVersion(api.opened.db);
    await release(api.opened.db, released, signingKeys.privateKey);
    await point(api.opened.db, [[released, 100]]);
    const get = async (path: string) => (await api.ask(api.tokens.ruth, 'GET', path)).body;
    const { versions } = modelListSchema.parse(await get('/v1/models/email-triage'));
    expect(versions).toMatchObject([
      { id: released.version.id, live: [{ alias: 'email-triage', weight: 100, isChampion: true }] },
    ]);
    const alias = aliasViewSchema.parse(await get('/v1/aliases/email-triage'));
    expect(alias).toMatchObject({ champion: released.version.id, moves: [{ requestId: released.request.id }] });
    for (const path of ['/v1/models/email-triage', '/v1/aliases/email-triage'])
      expect((await api.ask(api.tokens.stranger, 'GET', path)).status).toBe(404);
  });

  it('records what items really were, once per key', async () => {
    const feedback = { alias: 'email-triage', labels: [{ itemKey: 'later/1', label: 'spam' }] };
    const send = (token: string) => api.ask(token, 'POST', '/v1/feedback', feedback, { 'idempotency-key': 'batch-1' });
    expect((await send(api.tokens.ruth)).status).toBe(403);
    for (const answer of [await send(api.tokens.ada), await send(api.tokens.ada)])
      expect(answer).toMatchObject({ status: 201, body: { alias: 'email-triage', recorded: 1 } });
    const other = { ...feedback, labels: [{ itemKey: 'later/1', label: 'ham' }] };
    const headers = { 'idempotency-key': 'batch-1' };
    expect((await api.ask(api.tokens.ada, 'POST', '/v1/feedback', other, headers)).status).toBe(409);
    expect((await api.opened.pool.query('select 1 from feedback')).rowCount).toBe(1);
  });

  it('gives the audit log in leaf order, and of other projects only the hashes', async () => {
    const { db } = api.opened;
    for (let attempt = 0; attempt < 100; attempt += 1) {
      await sequence(db, { holder: 'test', limit: 1000 });
      if ((await db.$count(auditLeaf)) === (await db.$count(auditEvent))) break;
      await pause(20);
    }
    const first = auditPageSchema.parse((await api.ask(api.tokens.ruth, 'GET', '/v1/audit?limit=3')).body);
    expect(first.entries.map(({ leafIndex }) => leafIndex)).toEqual([0, 1, 2]);
    expect(first.next).toBe(2);

    const lines = async (token: string) => {
      const { body } = await api.ask(token, 'GET', '/v1/audit', undefined, { accept: 'application/x-ndjson' });
      const parsed = String(body['text']).trimEnd().split('\n');
      return parsed.map((line) => auditEntrySchema.parse(JSON.parse(line)));
    };
    const own = await lines(api.tokens.ruth);
    const strange = await lines(api.tokens.stranger);
    expect(strange.map(({ leafHash }) => leafHash)).toEqual(own.map(({ leafHash }) => leafHash));
    expect(new Set(own.flatMap(({ event }) => event?.project ?? []))).toEqual(new Set(['default']));
    expect(new Set(strange.flatMap(({ event }) => event?.project ?? []))).toEqual(new Set(['other']));
    for (const { event, leafHash } of own.filter((entry) => entry.event !== null)) {
      const hash = createHash('sha256').update(Uint8Array.of(0)).update(canonicalJson(event)).digest('hex');
      expect(leafHash).toBe(hash);
    }
  });
});
