import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { runProgram } from '../../cli/program.js';
import { deviceTokenSchema, startedDeviceSchema } from '../../domain/api/device.js';
import { listen, type Listening } from '../../server/process/listen.js';
import { openApi, type ApiUnderTest } from '../support/api-under-test.js';
import { openBrowser, type Browser } from '../support/browser.js';
import { givePassword, PASSWORD } from '../support/local-account.js';
import { recordedTerminal } from '../unit/cli/recorded-terminal.js';

const PUBLIC_URL = 'https://assay.test';

describe('a device that asks to be let in', () => {
  let api: ApiUnderTest;
  let app: ReturnType<ApiUnderTest['appWith']>;
  let ruth: Browser;
  const program = () => openBrowser(app, PUBLIC_URL);
  const asProgram = { origin: undefined, 'sec-fetch-site': undefined };
  const query = async (text: string) => (await api.opened.pool.query(text)).rows;

  beforeAll(async () => {
    api = await openApi();
    app = api.appWith({ publicUrl: PUBLIC_URL });
    await givePassword(api.opened.db, 'ruth');
    ruth = openBrowser(app, PUBLIC_URL);
    await ruth.ask('POST', '/v1/auth/local', { account: 'ruth', password: PASSWORD });
  });
  afterAll(() => api.close());
  beforeEach(() => query('update sign_in_pace set tries = 0'));

  const begin = async (scopes = ['read', 'approve']) => {
    const answer = await program().ask('POST', '/v1/auth/device', { label: 'assay on a laptop', scopes }, asProgram);
    expect(answer.status, JSON.stringify(answer.body)).toBe(201);
    return startedDeviceSchema.parse(answer.body);
  };
  const poll = (deviceCode: string) => program().ask('POST', '/v1/auth/device/token', { deviceCode }, asProgram);
  const refusal = async (deviceCode: string) => {
    const { status, body } = await poll(deviceCode);
    return [status, body['code'], (body['details'] as { error: string } | undefined)?.error];
  };
  const later = () => query(`update device_grant set last_polled_at = clock_timestamp() - interval '6 seconds'`);

  it('is given a token once, after a person has seen and confirmed it', async () => {
    const device = await begin();
    expect(device.verificationUri).toBe(`${PUBLIC_URL}/device`);
    expect(device.verificationUriComplete).toBe(`${PUBLIC_URL}/device?code=${device.userCode}`);
    expect(await refusal(device.deviceCode)).toEqual([400, 'NO_DEVICE_TOKEN', 'authorization_pending']);
    expect(await refusal(device.deviceCode)).toEqual([400, 'NO_DEVICE_TOKEN', 'slow_down']);
    await later();
    expect(await refusal(device.deviceCode)).toEqual([400, 'NO_DEVICE_TOKEN', 'authorization_pending']);
    const typed = { userCode: device.userCode.toLowerCase().replace('-', '') };
    const seen = await ruth.ask('POST', '/v1/auth/device/look', typed);
    expect(seen.body).toMatchObject({ label: 'assay on a laptop', scopes: ['read', 'approve'] });
    expect((await ruth.ask('POST', '/v1/auth/device/confirm', typed)).status).toBe(200);
    const both = await Promise.all([poll(device.deviceCode), poll(device.deviceCode)]);
    expect(both.map(({ status }) => status).toSorted()).toEqual([201, 400]);
    const given = deviceTokenSchema.parse(both.find(({ status }) => status === 201)?.body);
    expect(given).toMatchObject({ principal: 'ruth', scopes: ['read', 'approve'] });
    expect(Math.round((Date.parse(given.expiresAt) - Date.now()) / 3_600_000)).toBe(12);
    const me = (await api.ask(given.token, 'GET', '/v1/whoami')).body;
    const { authenticatedAt } = (await ruth.ask('GET', '/v1/whoami')).body;
    expect(me).toMatchObject({ principal: 'ruth', via: 'token', authenticatedAt });
    expect(await refusal(device.deviceCode)).toEqual([400, 'NO_DEVICE_TOKEN', 'expired_token']);
    expect((await ruth.ask('POST', '/v1/auth/device/confirm', typed)).status).toBe(404);
    const rows = JSON.stringify(
      await query(
        'select to_jsonb(device_grant) as row from device_grant union all select to_jsonb(audit_event) from audit_event',
      ),
    );
    for (const secret of [device.deviceCode, device.userCode, given.token]) expect(rows).not.toContain(secret);
    expect(rows).toContain('device.confirmed');
  });

  it('is told when it was denied, is unknown, or came too late', async () => {
    const denied = await begin();
    await ruth.ask('POST', '/v1/auth/device/confirm', { userCode: denied.userCode, deny: true });
    expect(await refusal(denied.deviceCode)).toEqual([400, 'NO_DEVICE_TOKEN', 'access_denied']);
    expect(await refusal('unknown')).toEqual([400, 'NO_DEVICE_TOKEN', 'expired_token']);
    const late = await begin();
    // A row keeps the moment of its end: one that has passed is written as such.
    await query(`insert into device_grant (device_sha256, user_sha256, label, scopes, expires_at)
      select encode(sha256('late'), 'hex'), encode(sha256('code'), 'hex'), 'late', '{read}', clock_timestamp() - interval '1 second'`);
    expect(await refusal('late')).toEqual([400, 'NO_DEVICE_TOKEN', 'expired_token']);
    expect(late.expiresIn).toBeGreaterThan(590);
  });

  it('is let in by no token, no other site, and no guessing', async () => {
    const { userCode } = await begin();
    for (const path of ['look', 'confirm'])
      expect((await api.ask(api.tokens.ruth, 'POST', `/v1/auth/device/${path}`, { userCode })).status).toBe(403);
    const evil = { origin: 'https://evil.test', 'sec-fetch-site': 'cross-site' };
    expect((await ruth.ask('POST', '/v1/auth/device/confirm', { userCode }, evil)).status).toBe(403);
    const statuses = [];
    for (let at = 0; at < 32; at += 1)
      statuses.push((await ruth.ask('POST', '/v1/auth/device/look', { userCode: `0000-00${at + 10}` })).status);
    expect(new Set(statuses.slice(0, 30))).toEqual(new Set([404]));
    expect(statuses.slice(30)).toEqual([429, 429]);
  });

  it('asks too often from one address: 429', async () => {
    const statuses = [];
    for (let at = 0; at < 31; at += 1)
      statuses.push(
        (await program().ask('POST', '/v1/auth/device', { label: 'x', scopes: ['read'] }, asProgram)).status,
      );
    expect(statuses.slice(29)).toEqual([201, 429]);
  });
});

describe('the command line', () => {
  let api: ApiUnderTest;
  let listening: Listening;
  let home: string;
  let ada: Browser;
  beforeAll(async () => {
    api = await openApi();
    const app = api.appWith({ publicUrl: PUBLIC_URL });
    listening = await listen(app.fetch, { host: '127.0.0.1', port: 0 });
    home = mkdtempSync(join(tmpdir(), 'assay-login-'));
    await givePassword(api.opened.db, 'ada');
    ada = openBrowser(app, PUBLIC_URL);
    await ada.ask('POST', '/v1/auth/local', { account: 'ada', password: PASSWORD });
  });
  afterAll(async () => {
    await listening.close();
    await api.close();
    rmSync(home, { recursive: true });
  });

  const run = async (argv: string[], terminal = recordedTerminal()) => {
    const environment = { ASSAY_API_URL: listening.url, ASSAY_HOME: home };
    const exitCode = await runProgram(argv, environment, terminal);
    return { exitCode, stdout: terminal.stdout.join('\n'), stderr: terminal.stderr.join('\n') };
  };

  it('logs in by a code that a person confirms, speaks for them, and logs out', { timeout: 20_000 }, async () => {
    const terminal = recordedTerminal();
    const login = run(['login', '--scopes', 'read,write'], terminal);
    await expect.poll(() => terminal.stderr.join('\n'), { timeout: 10_000 }).toMatch(/confirm the code/);
    const userCode = /confirm the code (\S+)/.exec(terminal.stderr.join('\n'))?.[1] ?? '';
    expect((await ada.ask('POST', '/v1/auth/device/confirm', { userCode })).status).toBe(200);
    expect(await login).toMatchObject({ exitCode: 0, stdout: expect.stringMatching(/^you are ada at http/) });
    const file = join(home, 'credentials.json');
    expect(statSync(file).mode & 0o777).toBe(0o600);

    const me = await run(['whoami']);
    expect(me.stdout).toMatch(/who +ada \(ada\)/);
    expect(me.stdout).toMatch(/scopes +read, write/);
    expect(JSON.parse((await run(['whoami', '--json'])).stdout)).toMatchObject({
      ok: true,
      principal: 'ada',
      via: 'token',
    });

    const made = await run(['tokens', 'create', '--label', 'ci', '--scopes', 'read']);
    expect(made.stdout).toMatch(/^assay_[A-Za-z0-9_-]{43}$/);
    const more = await run(['tokens', 'create', '--label', 'ci', '--scopes', 'approve']);
    expect(more).toMatchObject({ exitCode: 5, stderr: expect.stringMatching(/scope approve/) });
    const listed = await run(['tokens', 'list']);
    expect(listed.stdout).toMatch(/ci +read +until/);
    expect(listed.stdout).toMatch(/this one/);
    const id = /^(\S+) +ci /m.exec(listed.stdout)?.[1] ?? '';
    expect((await run(['tokens', 'revoke', id])).exitCode).toBe(0);
    expect((await run(['tokens', 'create', '--label', 'ci', '--scopes', 'read', '--days', 'x'])).exitCode).toBe(2);

    const { token } = JSON.parse(readFileSync(file, 'utf8')) as { token: string };
    expect(await run(['logout'])).toMatchObject({ exitCode: 0, stdout: expect.stringMatching(/^ada is logged out/) });
    expect((await api.ask(token, 'GET', '/v1/whoami')).status).toBe(401);
    expect((await run(['logout'])).exitCode).toBe(3);
    expect(await run(['whoami'])).toMatchObject({ exitCode: 5, stderr: expect.stringMatching(/assay login/) });
  });
});
