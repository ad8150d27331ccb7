import { createHmac } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createInstallationAdmins } from '../../db/stores/installation-admins.js';
import { createApprovalStore } from '../../db/stores/approval-store.js';
import { digestOf } from '../../domain/evidence/canonical.js';
import { openRequest } from '../support/approval-files.js';
import { openApi, type ApiUnderTest } from '../support/api-under-test.js';
import { openBrowser, type Browser } from '../support/browser.js';
import {
  CLIENT_ID,
  CLIENT_SECRET,
  claimsOf,
  startIdentityProvider,
  visitProvider,
  type IdentityProvider,
  type Tamper,
} from '../support/identity-provider.js';
import { addPerson } from '../support/people.js';
import { PROJECT, seedRun } from '../support/seeded-project.js';

const PUBLIC_URL = 'https://assay.test';

describe('sign-in by an identity provider', () => {
  let api: ApiUnderTest;
  let provider: IdentityProvider;
  let app: ReturnType<ApiUnderTest['appWith']>;
  let admin: string;
  const query = async (text: string, values: unknown[] = []) => (await api.opened.pool.query(text, values)).rows;
  const settings = (over = {}) => ({
    issuer: provider.issuer,
    clientId: CLIENT_ID,
    clientSecret: CLIENT_SECRET,
    label: 'Example login',
    ...over,
  });

  beforeAll(async () => {
    api = await openApi();
    provider = await startIdentityProvider(`${PUBLIC_URL}/auth/oidc/callback`);
    app = api.appWith({ publicUrl: PUBLIC_URL, oidc: settings() });
    admin = await addPerson(api.opened.db, { id: 'amy', project: 'elsewhere', roles: [] });
    await createInstallationAdmins(api.opened.db).grant('amy', 'test');
  });
  afterEach(() => provider.tamper(undefined));
  afterAll(async () => {
    await provider.close();
    await api.close();
  });

  const browse = (over = app): Browser => openBrowser(over, PUBLIC_URL);
  const start = async (browser: Browser, parameters = '') =>
    (await browser.ask('GET', `/auth/oidc/start?next=/runs${parameters}`)).headers.get('location') ?? '';
  /** The whole way; what the callback answers. */
  const signIn = async (browser: Browser, who: string, { at = new Map<string, string>(), parameters = '' } = {}) => {
    const back = await visitProvider(await start(browser, parameters), who, at);
    return browser.ask('GET', back.pathname + back.search);
  };
  const me = async (browser: Browser) => (await browser.ask('GET', '/v1/whoami')).body;

  it('leads there and back, and to the page that was asked for', async () => {
    provider.people.set('sub-mia', { name: 'Mia \u202eevil', email: 'mia@example.com', email_verified: true });
    const browser = browse();
    expect((await browser.ask('GET', '/v1/auth/options')).body['oidc']).toEqual({ label: 'Example login' });
    const answer = await signIn(browser, 'sub-mia');
    expect(answer.status, JSON.stringify(answer.body)).toBe(303);
    expect(answer.headers.get('location')).toBe(`${PUBLIC_URL}/runs`);
    expect(await me(browser)).toMatchObject({ via: 'session', method: 'oidc', displayName: 'Mia evil', roles: [] });
    expect((await me(browser))['principal']).toMatch(/^mia-[0-9a-f]{8}$/);
    expect([...browser.cookies.keys()]).toEqual(['__Host-assay']);
  });

  it('attack 2: one subject of a provider is one principal, in whatever browser: who launched a run does not sign it', async () => {
    const browsers = [browse(), browse()];
    for (const browser of browsers) expect((await signIn(browser, 'sub-mia')).status).toBe(303);
    const ids = await Promise.all(browsers.map(me));
    expect(ids[0]?.['principal']).toBe(ids[1]?.['principal']);
    const principal = String(ids[0]?.['principal']);
    for (const role of ['author', 'risk'])
      await api.ask(admin, 'POST', `/v1/role-grants?project=${PROJECT}`, { principal, role });
    const runId = await seedRun(api.opened.db, undefined, undefined, { requestedBy: principal });
    const { openedAt: _o, expiresAt: _e, state: _s, ...request } = openRequest;
    const terms = { ...request.terms, requester: principal };
    const subjectDigest = digestOf({ subject: request.subject, terms });
    const own = { ...request, id: runId, runId, project: PROJECT, terms, subjectDigest };
    await createApprovalStore(api.opened.db).open({ ...own, expiresAfterMilliseconds: 60_000 });
    const decision = { verdict: 'approve', reason: 'It is my own run.', subjectDigest };
    const refused = await browsers[1]!.ask('POST', `/v1/approvals/${runId}/decisions`, decision);
    expect(refused, JSON.stringify(refused.body)).toMatchObject({ status: 403, body: { code: 'NOT_ALLOWED' } });
    const attempts = `select actor from audit_event where action = 'attempt.refused' and subject = $1`;
    expect(await query(attempts, [runId])).toEqual([{ actor: principal }]);
  });

  it('makes one principal of a subject that comes twice at the same moment', async () => {
    provider.people.set('sub-two', { name: 'Two' });
    const answers = await Promise.all([signIn(browse(), 'sub-two'), signIn(browse(), 'sub-two')]);
    expect(answers.map(({ status }) => status)).toEqual([303, 303]);
    expect(await query(`select 1 from principal where display_name = 'Two'`)).toHaveLength(1);
  });

  it('is the principal that an admin prepared, once, and by a verified address only', async () => {
    const prepared = { id: 'otto', kind: 'person', displayName: 'Otto', email: 'Otto@example.com' };
    await api.ask(admin, 'POST', '/v1/principals', prepared);
    provider.people.set('sub-thief', { name: 'Thief', email: 'otto@example.com', email_verified: false });
    const thief = browse();
    await signIn(thief, 'sub-thief');
    expect((await me(thief))['principal']).not.toBe('otto');
    provider.people.set('sub-otto', { name: 'O.', email: 'OTTO@example.com', email_verified: true });
    const otto = browse();
    await signIn(otto, 'sub-otto');
    expect((await me(otto))['principal']).toBe('otto');
    provider.people.set('sub-heir', { name: 'Heir', email: 'otto@example.com', email_verified: true });
    const heir = browse();
    await signIn(heir, 'sub-heir');
    expect((await me(heir))['principal']).not.toBe('otto');
  });

  it('begins nothing for who is deactivated', async () => {
    provider.people.set('sub-gone', { name: 'Gone' });
    const browser = browse();
    await signIn(browser, 'sub-gone');
    const { principal } = await me(browser);
    await api.ask(admin, 'POST', `/v1/principals/${String(principal)}/deactivations`);
    expect(await signIn(browse(), 'sub-gone')).toMatchObject({
      status: 401,
      body: { detail: expect.stringMatching(/deactivated/) },
    });
    expect((await browser.ask('GET', '/v1/whoami')).status).toBe(403);
  });

  it('says since when, and asks anew where it is wanted', async () => {
    const browser = browse();
    const at = new Map<string, string>();
    await signIn(browser, 'sub-mia', { at });
    const first = Date.parse(String((await me(browser))['authenticatedAt']));
    expect(Math.abs(first - Date.now())).toBeLessThan(20_000);
    const silent = await start(browser);
    expect(new URL(silent).searchParams.get('max_age')).toBe(String(12 * 3600));
    const anew = new URL(await start(browser, '&reauthenticate=1')).searchParams;
    expect([anew.get('prompt'), anew.get('max_age')]).toEqual(['login', '0']);
    provider.tamper((token, { sign }) => sign({ ...claimsOf(token), auth_time: Math.floor(Date.now() / 1000) - 3600 }));
    expect((await signIn(browser, 'sub-mia', { at, parameters: '&reauthenticate=1' })).status).toBe(401);
    expect((await signIn(browser, 'sub-mia', { at })).status).toBe(303);
    const hours = (Date.now() - Date.parse(String((await me(browser))['authenticatedAt']))) / 3_600_000;
    expect(hours).toBeGreaterThan(0.9);
    provider.tamper(undefined);
    expect((await signIn(browser, 'sub-mia', { at, parameters: '&reauthenticate=1' })).status).toBe(303);
  });

  it('can demand how it was done', async () => {
    const strict = api.appWith({ publicUrl: PUBLIC_URL, oidc: settings({ acr: 'urn:second-factor' }) });
    const refused = await signIn(browse(strict), 'sub-mia');
    expect(refused).toMatchObject({ status: 401, body: { detail: expect.stringMatching(/urn:second-factor/) } });
    provider.tamper((token, { sign }) => sign({ ...claimsOf(token), acr: 'urn:second-factor', amr: ['pwd', 'otp'] }));
    expect((await signIn(browse(strict), 'sub-mia')).status).toBe(303);
    const [kept] = await query('select acr, amr from session order by created_at desc limit 1');
    expect(kept).toEqual({ acr: 'urn:second-factor', amr: ['pwd', 'otp'] });
  });

  describe('attack 17:', () => {
    const refusedIn = async (browser: Browser, path: string) => {
      const answer = await browser.ask('GET', path);
      expect(answer, JSON.stringify(answer.body)).toMatchObject({ status: 401, body: { code: 'UNAUTHENTICATED' } });
      expect(browser.cookies.has('__Host-assay')).toBe(false);
    };

    it('a code that was used opens nothing, also with the cookie of its browser', async () => {
      const browser = browse();
      const back = await visitProvider(await start(browser), 'sub-mia', new Map());
      const kept = new Map(browser.cookies);
      expect((await browser.ask('GET', back.pathname + back.search)).status).toBe(303);
      const replay = browse();
      for (const [name, value] of kept) replay.cookies.set(name, value);
      await refusedIn(replay, back.pathname + back.search);
    });

    it('an answer in another browser opens nothing', async () => {
      const back = await visitProvider(await start(browse()), 'sub-mia', new Map());
      await refusedIn(browse(), back.pathname + back.search);
      const victim = browse();
      await start(victim);
      await refusedIn(victim, back.pathname + back.search);
    });

    it('a wrong state, none, or a wrong issuer opens nothing', async () => {
      for (const change of [
        (url: URL) => url.searchParams.set('state', 'x'),
        (url: URL) => url.searchParams.delete('state'),
        (url: URL) => url.searchParams.set('iss', 'https://evil.test'),
      ]) {
        const browser = browse();
        const back = await visitProvider(await start(browser), 'sub-mia', new Map());
        change(back);
        await refusedIn(browser, back.pathname + back.search);
      }
    });

    it.each([
      ['another nonce', { nonce: 'another' }],
      ['no nonce', { nonce: undefined }],
    ])('an ID token with %s opens nothing', async (_, over) => {
      provider.tamper((token, { sign }) => sign({ ...claimsOf(token), ...over }));
      const browser = browse();
      const back = await visitProvider(await start(browser), 'sub-mia', new Map());
      await refusedIn(browser, back.pathname + back.search);
    });

    it.each([
      '//evil.test',
      '/\\evil.test',
      '/.//evil.test',
      '/..//evil.test/x',
      'https://evil.test/',
      'javascript:alert(1)',
      '/\t/evil.test',
      '/%0a',
      'evil',
      '',
    ])('after sign-in nobody is led to %j', async (next) => {
      const browser = browse();
      const answer = await browser.ask('GET', `/auth/oidc/start?next=${encodeURIComponent(next)}`);
      if (answer.status === 422) return;
      const back = await visitProvider(answer.headers.get('location') ?? '', 'sub-mia', new Map());
      const end = await browser.ask('GET', back.pathname + back.search);
      expect(new URL(end.headers.get('location') ?? '').origin).toBe(PUBLIC_URL);
      expect(next).toBe('/%0a');
    });
  });

  const forged = (header: object, claims: object, sign: (input: string) => string): string => {
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const input = `${part(header)}.${part(claims)}`;
    return `${input}.${sign(input)}`;
  };
  const hour = 3600;
  const now = () => Math.floor(Date.now() / 1000);
  const ATTACKS: [string, Tamper][] = [
    ['alg none', (token) => forged({ alg: 'none' }, claimsOf(token), () => '')],
    [
      'HS256 with the public key',
      (token, { publicPem }) =>
        forged({ alg: 'HS256', kid: 'key-1' }, claimsOf(token), (input) =>
          createHmac('sha256', publicPem).update(input).digest('base64url'),
        ),
    ],
    [
      "HS256 with the client's secret",
      (token) =>
        forged({ alg: 'HS256' }, claimsOf(token), (input) =>
          createHmac('sha256', CLIENT_SECRET).update(input).digest('base64url'),
        ),
    ],
    ['another audience', (token, { sign }) => sign({ ...claimsOf(token), aud: 'another-client' })],
    [
      'two audiences, and another party',
      (token, { sign }) => sign({ ...claimsOf(token), aud: [CLIENT_ID, 'x'], azp: 'x' }),
    ],
    ['another issuer', (token, { sign }) => sign({ ...claimsOf(token), iss: 'https://evil.test' })],
    [
      'an end that has passed',
      (token, { sign }) => sign({ ...claimsOf(token), iat: now() - 2 * hour, exp: now() - hour }),
    ],
    ['a kid that is a path', (token, { sign }) => sign(claimsOf(token), { kid: '../../../../dev/null' })],
    ['a kid that nobody has', (token, { sign }) => sign(claimsOf(token), { kid: 'unknown' })],
    [
      'another subject, unsigned',
      (token) =>
        token.replace(
          /\.[^.]+\./,
          `.${Buffer.from(JSON.stringify({ ...claimsOf(token), sub: 'sub-otto' })).toString('base64url')}.`,
        ),
    ],
    ['no time of sign-in', (token, { sign }) => sign({ ...claimsOf(token), auth_time: undefined })],
    ['an empty subject', (token, { sign }) => sign({ ...claimsOf(token), sub: '' })],
    ['no form at all', () => 'x.y.z'],
  ];
  it.each(ATTACKS)('attack 16: an ID token with %s opens nothing', async (_, tamper) => {
    provider.tamper(tamper);
    const browser = browse();
    const before = await query(`select 1 from audit_event where action = 'sign-in.failed'`);
    const answer = await signIn(browser, 'sub-mia');
    expect(answer, JSON.stringify(answer.body)).toMatchObject({ status: 401, body: { code: 'UNAUTHENTICATED' } });
    expect(browser.cookies.has('__Host-assay')).toBe(false);
    expect(await query(`select 1 from audit_event where action = 'sign-in.failed'`)).toHaveLength(before.length + 1);
    provider.tamper(undefined);
    expect((await signIn(browse(), 'sub-mia')).status).toBe(303);
  });

  it('says that the provider is away, and works once it is back', async () => {
    const away = api.appWith({ publicUrl: PUBLIC_URL, oidc: settings({ issuer: 'http://127.0.0.1:9' }) });
    expect(await browse(away).ask('GET', '/auth/oidc/start')).toMatchObject({
      status: 503,
      body: { code: 'PROVIDER' },
    });
    const without = api.appWith({ publicUrl: PUBLIC_URL });
    expect((await browse(without).ask('GET', '/auth/oidc/start')).status).toBe(404);
  });
});
