import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createAccounts } from '../../db/stores/accounts.js';
import { signedInSchema, signInOptionsSchema, sessionListSchema } from '../../domain/api/sign-in.js';
import { whoamiSchema } from '../../domain/api/whoami.js';
import { openApi, type ApiUnderTest } from '../support/api-under-test.js';
import { openBrowser, type Browser } from '../support/browser.js';
import { givePassword, PASSWORD } from '../support/local-account.js';
import { asOwner } from '../support/postgres.js';
import { PROJECT, seedRequest, seedRun } from '../support/seeded-project.js';

const PUBLIC_URL = 'https://assay.test';
const NAME = '__Host-assay';

describe('a session', () => {
  let api: ApiUnderTest;
  let app: ReturnType<ApiUnderTest['appWith']>;
  let browser: Browser;
  const query = async (text: string, values: unknown[] = []) => (await api.opened.pool.query(text, values)).rows;
  const signIn = (who: Browser, account = 'ruth', password = PASSWORD) =>
    who.ask('POST', '/v1/auth/local', { account, password });
  const status = async (who: Browser, path = '/v1/whoami') => (await who.ask('GET', path)).status;

  beforeAll(async () => {
    api = await openApi();
    for (const who of ['ruth', 'leo']) await givePassword(api.opened.db, who);
    app = api.appWith({ publicUrl: PUBLIC_URL });
  });
  afterAll(() => api.close());
  beforeEach(async () => {
    await query('update sign_in_pace set tries = 0');
    browser = openBrowser(app, PUBLIC_URL);
  });

  it('begins with account and password, and says who asks, how and since when', async () => {
    const options = await browser.ask('GET', '/v1/auth/options');
    expect(signInOptionsSchema.parse(options.body)).toEqual({
      local: true,
      oidc: null,
      demo: [],
      needsFirstAdmin: true,
    });
    const signed = await signIn(browser);
    expect(signed.status).toBe(201);
    expect(signedInSchema.parse(signed.body)).toEqual({ principal: 'ruth', displayName: 'ruth' });
    const me = whoamiSchema.parse((await browser.ask('GET', '/v1/whoami')).body);
    expect(me).toMatchObject({ principal: 'ruth', via: 'session', method: 'local', roles: [{ role: 'risk' }] });
    expect(Math.abs(Date.parse(me.authenticatedAt) - Date.now())).toBeLessThan(10_000);
  });

  it('is a cookie that no script reads and no other site sends, and stands in the database as a hash', async () => {
    const signed = await signIn(browser);
    const [line = ''] = signed.headers.getSetCookie();
    expect(line).toMatch(/^__Host-assay=[A-Za-z0-9_-]{43}; /);
    for (const attribute of ['Path=/', 'HttpOnly', 'Secure', 'SameSite=Lax'])
      expect(line.split('; ')).toContain(attribute);
    expect(line).not.toMatch(/Domain/i);
    const id = browser.cookies.get(NAME) ?? '';
    const rows = await query('select to_jsonb(session) as row from session');
    expect(JSON.stringify(rows)).not.toContain(id);
  });

  it('attack 18: sign-in gives a new id, whatever the browser had, and ends what it had', async () => {
    browser.cookies.set(NAME, 'fixed-by-somebody-else');
    await signIn(browser);
    const first = browser.cookies.get(NAME) ?? '';
    expect(first).not.toBe('fixed-by-somebody-else');
    await signIn(browser);
    expect(browser.cookies.get(NAME)).not.toBe(first);
    const old = openBrowser(app, PUBLIC_URL);
    old.cookies.set(NAME, first);
    expect(await status(old)).toBe(401);
    expect(await status(browser)).toBe(200);
  });

  it('attack 18: after sign-out the id opens nothing, also for whoever has kept it', async () => {
    await signIn(browser);
    const kept = browser.cookies.get(NAME) ?? '';
    expect((await browser.ask('POST', '/v1/auth/sign-out')).body).toEqual({ ended: 'session' });
    expect(browser.cookies.has(NAME)).toBe(false);
    browser.cookies.set(NAME, kept);
    expect(await status(browser)).toBe(401);
    const events = await query(`select action from audit_event where actor = 'ruth' order by id desc limit 2`);
    expect(events).toEqual([{ action: 'session.ended' }, { action: 'session.created' }]);
  });

  it('attack 18: a role that was taken away is gone at the next request', async () => {
    await signIn(browser, 'leo');
    const grant = { principal: 'leo', project: PROJECT, role: 'ml-lead' };
    await asOwner(api.opened.db, (owner) => createAccounts(owner).grantRole(grant, 'ada'));
    expect(await status(browser, '/v1/webhooks')).toBe(200);
    await asOwner(api.opened.db, (owner) => createAccounts(owner).revokeRole(grant, 'ada'));
    expect(await status(browser, '/v1/webhooks')).toBe(403);
  });

  it('is over after 30 minutes without use, and after 12 hours with it', async () => {
    await signIn(browser);
    const latest = `id = (select id from session order by created_at desc limit 1)`;
    await asOwner(api.opened.db, async (owner) => {
      await owner.execute(
        `update session set last_used_at = clock_timestamp() - interval '29 minutes' where ${latest}`,
      );
    });
    expect(await status(browser)).toBe(200);
    await query(`update session set last_used_at = clock_timestamp() - interval '31 minutes' where ${latest}`);
    expect(await status(browser)).toBe(401);
    const [{ life }] = (await query(
      `select max(expires_at - created_at) <= interval '12 hours' as life from session`,
    )) as [{ life: boolean }];
    expect(life).toBe(true);
    const made = `insert into session (sha256, principal, method, expires_at)
      values (repeat('0', 64), 'ruth', 'local', 'infinity') returning expires_at < clock_timestamp() + interval '13 hours' as bounded`;
    const client = await api.opened.pool.connect();
    await client.query('begin');
    expect((await client.query(made)).rows).toEqual([{ bounded: true }]);
    await client.query('rollback');
    client.release();
  });

  it('is listed to its owner, who ends one elsewhere', async () => {
    const elsewhere = openBrowser(app, PUBLIC_URL);
    await signIn(elsewhere);
    await signIn(browser);
    const { sessions } = sessionListSchema.parse((await browser.ask('GET', '/v1/sessions')).body);
    expect(sessions[0]?.isThis).toBe(true);
    expect((await browser.ask('POST', `/v1/sessions/${sessions[1]?.id}/end`)).status).toBe(200);
    expect(await status(elsewhere)).toBe(401);
    const stranger = openBrowser(app, PUBLIC_URL);
    await signIn(stranger, 'leo');
    for (const id of [sessions[0]?.id, 'x', '00000000-0000-0000-0000-000000000000'])
      expect((await stranger.ask('POST', `/v1/sessions/${id}/end`)).status).toBe(404);
    expect(await status(browser)).toBe(200);
  });

  describe('in the browser of a person who visits another site', () => {
    const decision = async () => {
      const { id, subjectDigest } = await seedRequest(api.opened.db, await seedRun(api.opened.db));
      return {
        path: `/v1/approvals/${id}/decisions`,
        body: { verdict: 'approve', reason: 'I have read it.', subjectDigest },
      };
    };
    const decisions = async () => (await query('select 1 from decision')).length;

    it.each([
      ['JSON', { 'content-type': 'application/json' }],
      ['a form', { 'content-type': 'application/x-www-form-urlencoded' }],
      ['a form with files', { 'content-type': 'multipart/form-data; boundary=x' }],
      ['plain text', { 'content-type': 'text/plain' }],
      ['no content-type', {}],
    ])('attack 10: a cross-origin POST of %s to decide is refused', async (_, type) => {
      await signIn(browser);
      const { path, body } = await decision();
      const cookie = `${NAME}=${browser.cookies.get(NAME)}`;
      const post = (headers: Record<string, string>) =>
        app.request(`${PUBLIC_URL}${path}`, {
          method: 'POST',
          headers: { cookie, ...type, ...headers },
          body: new TextEncoder().encode(JSON.stringify(body)),
        });
      const from = [
        { origin: 'https://evil.test', 'sec-fetch-site': 'cross-site' },
        { origin: 'https://evil.test' },
        { origin: 'https://evil.assay.test', 'sec-fetch-site': 'same-site' },
        { origin: 'null' },
        { origin: PUBLIC_URL, 'sec-fetch-site': 'cross-site' },
        {},
      ];
      for (const headers of from) expect((await post(headers)).status, JSON.stringify(headers)).toBe(403);
      expect(await decisions()).toBe(0);
    });

    it('is not signed in as somebody else by that site', async () => {
      const headers = { origin: 'https://evil.test', 'sec-fetch-site': 'cross-site' };
      const forced = await browser.ask('POST', '/v1/auth/local', { account: 'leo', password: PASSWORD }, headers);
      expect(forced.status).toBe(403);
      expect(browser.cookies.size).toBe(0);
    });

    it('a page of ours decides, as browsers of either age say where it comes from', async () => {
      await signIn(browser);
      for (const headers of [{}, { 'sec-fetch-site': undefined }]) {
        const { path, body } = await decision();
        expect(await browser.ask('POST', path, body, headers)).toMatchObject({ status: 201 });
      }
    });
  });

  describe('wrong passwords', () => {
    it('are told apart from unknown accounts by nobody, and audited without what was typed', async () => {
      const unknown = await signIn(browser, 'my-secret-typed-into-the-wrong-field');
      const wrong = await signIn(browser, 'ruth', 'not-the-password-at-all');
      const without = await signIn(browser, 'ada');
      for (const answer of [unknown, wrong, without]) expect(answer.status).toBe(401);
      const { requestId: _a, ...first } = unknown.body;
      const { requestId: _b, ...second } = wrong.body;
      expect(first).toEqual(second);
      const events = await query(
        `select subject, details from audit_event where action = 'sign-in.failed' order by id`,
      );
      expect(events.map(({ subject }) => subject)).toEqual(['unknown', 'ruth', 'unknown']);
      const all = JSON.stringify(await query('select * from audit_event'));
      for (const typed of ['my-secret-typed', 'not-the-password']) expect(all).not.toContain(typed);
    });

    it('cost the same time whether the account is there or not', async () => {
      const time = async (account: string) => {
        const from = performance.now();
        await signIn(browser, account, 'not-the-password-at-all');
        return performance.now() - from;
      };
      const median = (all: number[]) => all.toSorted((a, b) => a - b)[Math.floor(all.length / 2)] ?? 0;
      const known = [];
      const unknown = [];
      for (let at = 0; at < 7; at += 1) {
        known.push(await time('leo'));
        unknown.push(await time('nobody'));
      }
      // A look-up takes a millisecond, Argon2id tens of them.
      expect(median(unknown)).toBeGreaterThan(median(known) / 3);
      expect(median(known)).toBeGreaterThan(median(unknown) / 3);
    });

    it('attack 20: lock the account for a while, also when they come at the same moment', async () => {
      const answers = await Promise.all(
        Array.from({ length: 30 }, () => signIn(openBrowser(app, PUBLIC_URL), 'ruth', 'not-the-password-at-all')),
      );
      const refused = answers.filter((answer) => answer.status === 401);
      const stopped = answers.filter((answer) => answer.status === 429);
      expect([refused.length, stopped.length]).toEqual([10, 20]);
      expect(stopped[0]?.body).toMatchObject({ code: 'TOO_MANY' });
      const wait = Number(stopped[0]?.headers.get('retry-after'));
      expect(wait).toBeGreaterThan(0);
      expect(wait).toBeLessThanOrEqual(900);
      expect((await signIn(browser)).status).toBe(429);
      expect((await signIn(browser, 'leo')).status).toBe(201);
      await query(`update sign_in_pace set until = clock_timestamp() - interval '1 second'`);
      expect((await signIn(browser)).status).toBe(201);
    });

    it('attack 20: counts guesses of the id of a session like guesses of a token', async () => {
      const guess = (at: number) => {
        browser.cookies.set(NAME, String(at).padStart(43, 'A'));
        return status(browser);
      };
      const own = api.appWith({ publicUrl: PUBLIC_URL });
      browser = openBrowser(own, PUBLIC_URL);
      for (let at = 0; at < 30; at += 1) expect(await guess(at)).toBe(401);
      expect(await guess(31)).toBe(429);
    });
  });

  it('begins anew when the password changes, and every other one ends', async () => {
    const elsewhere = openBrowser(app, PUBLIC_URL);
    await signIn(elsewhere, 'leo');
    await signIn(browser, 'leo');
    const change = (current: string, password: string) =>
      browser.ask('POST', '/v1/auth/password', { current, password });
    expect((await change(PASSWORD, 'too short')).status).toBe(422);
    expect((await change('wrong-wrong-wrong', 'nine lives of a cat')).status).toBe(401);
    expect((await change(PASSWORD, 'nine lives of a cat')).status).toBe(200);
    expect(await status(browser)).toBe(200);
    expect(await status(elsewhere)).toBe(401);
    expect((await signIn(elsewhere, 'leo')).status).toBe(401);
    expect((await signIn(elsewhere, 'leo', 'nine lives of a cat')).status).toBe(201);
    const { status: byToken } = await api.ask(api.tokens.leo, 'POST', '/v1/auth/password', {
      current: 'nine lives of a cat',
      password: PASSWORD,
    });
    expect(byToken).toBe(403);
  });

  it('does not begin over plain http', async () => {
    for (const publicUrl of [undefined, 'http://assay.test', 'http://127.0.0.1:7460']) {
      const plain = openBrowser(api.appWith({ publicUrl }), publicUrl ?? 'http://assay.test');
      const refused = await signIn(plain);
      expect(refused).toMatchObject({ status: 403, body: { detail: expect.stringMatching(/ASSAY_PUBLIC_URL/) } });
      const options = await plain.ask('GET', '/v1/auth/options');
      expect(options.body).toEqual({ local: false, oidc: null, demo: [], needsFirstAdmin: true });
    }
  });

  describe('under `assay dev`', () => {
    const DEV = 'http://127.0.0.1:7460';
    const dev = () => api.appWith({ publicUrl: DEV, allowDemoIdentities: true });

    it('is one of the demonstration, by a cookie that plain http on this machine can keep', async () => {
      for (const origin of [DEV, 'http://localhost:7460']) {
        const there = openBrowser(dev(), origin);
        const { demo } = signInOptionsSchema.parse((await there.ask('GET', '/v1/auth/options')).body);
        expect(demo).toEqual([{ id: 'demo-ruth', displayName: 'demo-ruth' }]);
        const oldBrowser = { 'sec-fetch-site': undefined };
        const signed = await there.ask('POST', '/v1/auth/demo', { principal: 'demo-ruth' }, oldBrowser);
        expect(signed.status, JSON.stringify(signed.body)).toBe(201);
        expect([...there.cookies.keys()]).toEqual(['assay']);
        const me = (await there.ask('GET', '/v1/whoami')).body;
        expect(me).toMatchObject({ principal: 'demo-ruth', isDemo: true, via: 'session', method: 'demo' });
      }
    });

    it('is nobody else, and not of a page whose name only resolves to this machine', async () => {
      const there = openBrowser(dev(), DEV);
      expect((await there.ask('POST', '/v1/auth/demo', { principal: 'ruth' })).status).toBe(404);
      const rebound = openBrowser(dev(), 'http://evil.test:7460');
      const headers = { 'sec-fetch-site': undefined };
      expect((await rebound.ask('POST', '/v1/auth/demo', { principal: 'demo-ruth' }, headers)).status).toBe(403);
    });

    it('opens nothing elsewhere', async () => {
      const there = openBrowser(dev(), DEV);
      await there.ask('POST', '/v1/auth/demo', { principal: 'demo-ruth' });
      browser.cookies.set(NAME, there.cookies.get('assay') ?? '');
      expect(await browser.ask('GET', '/v1/whoami')).toMatchObject({
        status: 401,
        body: { detail: expect.stringMatching(/demonstration/) },
      });
      const asked = await browser.ask('POST', '/v1/auth/demo', { principal: 'demo-ruth' });
      expect(asked.status).toBe(403);
    });
  });
});
