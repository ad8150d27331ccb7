import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createInstallationAdmins } from '../../db/stores/installation-admins.js';
import { createdTokenSchema, tokenListSchema } from '../../domain/api/token.js';
import { isLifecycleError } from '../../domain/kernel/errors.js';
import { requireFreshSignIn } from '../../server/api/sign-in/fresh-sign-in.js';
import { openApi, type ApiUnderTest } from '../support/api-under-test.js';
import { openBrowser } from '../support/browser.js';
import { givePassword, PASSWORD } from '../support/local-account.js';
import { addPerson } from '../support/people.js';
import { PROJECT, seedRequest, seedRun } from '../support/seeded-project.js';

const PUBLIC_URL = 'https://assay.test';
const DAY_MILLISECONDS = 86_400_000;

describe('a token of the api', () => {
  let api: ApiUnderTest;
  const make = async (by: string, body: unknown) => {
    const answer = await api.ask(by, 'POST', '/v1/tokens', body);
    return {
      status: answer.status,
      ...(answer.status === 201 && createdTokenSchema.parse(answer.body)),
      body: answer.body,
    };
  };
  const made = async (by: string, scopes: string[]) => (await make(by, { label: 'laptop', scopes })).token ?? '';

  beforeAll(async () => {
    api = await openApi();
  });
  afterAll(() => api.close());

  it('is shown once, kept as a hash, and listed without it', async () => {
    const { token = '', id, expiresAt = '' } = await make(api.tokens.ruth, { label: 'laptop', scopes: ['read'] });
    expect(token).toMatch(/^assay_[A-Za-z0-9_-]{43}$/);
    expect(Math.round((Date.parse(expiresAt) - Date.now()) / 60_000)).toBeLessThanOrEqual(60);
    const { tokens } = tokenListSchema.parse((await api.ask(token, 'GET', '/v1/tokens')).body);
    expect(tokens.find((one) => one.id === id)).toMatchObject({ label: 'laptop', scopes: ['read'], isThis: true });
    const rows = await api.opened.pool.query(
      'select to_jsonb(api_token) as row from api_token union all select to_jsonb(audit_event) from audit_event',
    );
    expect(JSON.stringify(rows.rows)).not.toContain(token);
  });

  it('lives for as long as asked, up to a year, and no longer than the token that made it', async () => {
    await givePassword(api.opened.db, 'leo');
    const browser = openBrowser(api.appWith({ publicUrl: PUBLIC_URL }), PUBLIC_URL);
    await browser.ask('POST', '/v1/auth/local', { account: 'leo', password: PASSWORD });
    const ask = (expiresInDays: number) =>
      browser.ask('POST', '/v1/tokens', { label: 'long', scopes: ['read', 'approve'], expiresInDays });
    expect((await ask(366)).status).toBe(422);
    const { token, expiresAt } = createdTokenSchema.parse((await ask(365)).body);
    expect(Math.round((Date.parse(expiresAt) - Date.now()) / DAY_MILLISECONDS)).toBe(365);
    const child = await make(token, { label: 'child', scopes: ['read'], expiresInDays: 1 });
    expect(child.status).toBe(403);
    const me = (await api.ask(token, 'GET', '/v1/whoami')).body;
    const own = (await browser.ask('GET', '/v1/whoami')).body;
    expect(me).toMatchObject({ via: 'token', method: 'token', authenticatedAt: own['authenticatedAt'] });
    const short = await make(api.tokens.leo, { label: 'child', scopes: ['read'], expiresInDays: 300 });
    expect(Date.parse(short.expiresAt ?? '') - Date.now()).toBeLessThan(DAY_MILLISECONDS);
  });

  it('does what it was made for: reading changes nothing, and without the scope approve nobody signs', async () => {
    const { id, subjectDigest, runId } = await seedRequest(api.opened.db, await seedRun(api.opened.db));
    const decision = { verdict: 'approve', reason: 'I have read it.', subjectDigest };
    const decide = (token: string) => api.ask(token, 'POST', `/v1/approvals/${id}/decisions`, decision);
    const reading = await made(api.tokens.ruth, ['read']);
    const writing = await made(api.tokens.ruth, ['read', 'write']);
    expect((await api.ask(reading, 'GET', `/v1/runs/${runId}`)).status).toBe(200);
    expect((await api.ask(reading, 'POST', `/v1/runs/${runId}/commands`, { kind: 'pause' })).status).toBe(403);
    for (const token of [reading, writing])
      expect(await decide(token)).toMatchObject({
        status: 403,
        body: { detail: expect.stringMatching(/scope approve/) },
      });
    expect(await decide(await made(api.tokens.ruth, ['approve']))).toMatchObject({ status: 201 });
    expect((await api.ask(await made(api.tokens.ruth, ['write']), 'GET', '/v1/runs')).status).toBe(403);
  });

  it('makes no token that is good for more than it is', async () => {
    const writing = await made(api.tokens.ruth, ['read', 'write']);
    const more = await make(writing, { label: 'more', scopes: ['approve'] });
    expect(more).toMatchObject({ status: 403, body: { detail: expect.stringMatching(/scope approve/) } });
    for (const scopes of [[], ['admin'], ['read', 'gateway'], ['gateway', 'gateway']])
      expect((await make(api.tokens.ruth, { label: 'odd', scopes })).status).toBe(422);
  });

  it('is made for a service by an admin of the installation, and for no other person by anybody', async () => {
    const admin = await addPerson(api.opened.db, { id: 'amy', project: PROJECT, roles: ['admin'] });
    const service = { label: 'nightly', scopes: ['gateway'], for: 'robot' };
    expect((await make(admin, service)).status).toBe(403);
    await createInstallationAdmins(api.opened.db).grant('amy', 'test');
    const { status, token = '' } = await make(admin, service);
    expect(status).toBe(201);
    expect((await api.ask(token, 'GET', '/v1/whoami')).status).toBe(401);
    expect((await make(admin, { ...service, for: 'ruth' })).status).toBe(403);
    expect((await make(admin, { ...service, for: 'nobody' })).status).toBe(404);
    expect((await api.ask(admin, 'GET', '/v1/tokens?principal=robot')).body['tokens']).toHaveLength(2);
    expect((await api.ask(api.tokens.ruth, 'GET', '/v1/tokens?principal=robot')).status).toBe(403);
  });

  it('opens nothing from the request after it was revoked, and others revoke none of it', async () => {
    const { id, token = '' } = await make(api.tokens.ruth, { label: 'lost', scopes: ['read'] });
    for (const other of ['x', id])
      expect((await api.ask(api.tokens.leo, 'POST', `/v1/tokens/${other}/revoke`)).status).toBe(404);
    expect((await api.ask(token, 'GET', '/v1/whoami')).status).toBe(200);
    expect((await api.ask(api.tokens.ruth, 'POST', `/v1/tokens/${id}/revoke`)).status).toBe(200);
    expect((await api.ask(token, 'GET', '/v1/whoami')).status).toBe(401);
    const mine = await made(api.tokens.ruth, ['read']);
    expect((await api.ask(mine, 'POST', '/v1/auth/sign-out')).body).toEqual({ ended: 'token' });
    expect((await api.ask(mine, 'GET', '/v1/whoami')).status).toBe(401);
  });

  it('that shows a secret is given by no kept answer', async () => {
    const key = { 'idempotency-key': 'once' };
    const body = { label: 'keyed', scopes: ['read'] };
    const tokens = [];
    for (let at = 0; at < 2; at += 1)
      tokens.push((await api.ask(api.tokens.ruth, 'POST', '/v1/tokens', body, key)).body['token']);
    expect(new Set(tokens).size).toBe(2);
    const { rows } = await api.opened.pool.query('select body from idempotent_answer');
    for (const token of tokens) expect(JSON.stringify(rows)).not.toContain(token);
  });
});

describe('an act that matters most', () => {
  const signedIn = { id: 'ruth', kind: 'person', via: 'session', authenticatedAt: '2026-12-01T10:00:00.000Z' } as const;
  const ask = (over: object, now: string) =>
    requireFreshSignIn({ ...signedIn, ...over } as never, 15 * 60_000, Date.parse(now));

  it('needs a sign-in of late, and says how to get one', () => {
    expect(() => ask({}, '2026-12-01T10:14:59Z')).not.toThrow();
    const refused = (over: object) => {
      try {
        return ask(over, '2026-12-01T10:15:01Z');
      } catch (error) {
        return isLifecycleError(error) ? error : undefined;
      }
    };
    expect(refused({})).toMatchObject({ code: 'NOT_ALLOWED', details: { reauthenticate: true } });
    expect(refused({})?.message).toMatch(/of the last 15 minutes.*Sign in again/);
    expect(refused({ via: 'token' })?.message).toMatch(/assay login/);
    expect(() => ask({ kind: 'service' }, '2027-12-01T10:00:00Z')).not.toThrow();
  });
});
