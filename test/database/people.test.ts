import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDatabase } from '../../db/pool.js';
import { codeSha256, readableCode } from '../../db/readable-code.js';
import { createInstallationAdmins } from '../../db/stores/installation-admins.js';
import { issueForFirstAdmin } from '../../db/stores/one-time-codes.js';
import { issuedCodeSchema, principalListSchema, roleListSchema } from '../../domain/api/principal.js';
import { openApi, type ApiUnderTest } from '../support/api-under-test.js';
import { openBrowser } from '../support/browser.js';
import { PASSWORD, givePassword } from '../support/local-account.js';
import { addPerson } from '../support/people.js';
import { PROJECT } from '../support/seeded-project.js';

const PUBLIC_URL = 'https://assay.test';

describe('people, their roles, and who makes them', () => {
  let api: ApiUnderTest;
  let app: ReturnType<ApiUnderTest['appWith']>;
  let admin: string;
  let lead: string;
  const query = async (text: string, values: unknown[] = []) => (await api.opened.pool.query(text, values)).rows;
  const as = (token: string) => (path: string, body: unknown) => api.ask(token, 'POST', path, body);

  beforeAll(async () => {
    api = await openApi();
    app = api.appWith({ publicUrl: PUBLIC_URL });
    admin = await addPerson(api.opened.db, { id: 'amy', project: 'elsewhere', roles: [] });
    await createInstallationAdmins(api.opened.db).grant('amy', 'test');
    lead = await addPerson(api.opened.db, { id: 'lena', project: PROJECT, roles: ['admin'] });
  });
  afterAll(() => api.close());

  it('are made by an admin of the installation, and by no admin of a project', async () => {
    const mia = { id: 'mia', kind: 'person', displayName: 'Mia' };
    const refused = await as(lead)('/v1/principals', mia);
    expect(refused).toMatchObject({
      status: 403,
      body: { detail: expect.stringMatching(/admin of the installation/) },
    });
    expect((await as(lead)('/v1/projects', { id: 'new' })).status).toBe(403);
    expect((await as(lead)('/v1/installation-admins', { principal: 'lena' })).status).toBe(403);
    expect((await as(admin)('/v1/principals', mia)).status).toBe(201);
    expect((await as(admin)('/v1/principals', mia)).status).toBe(409);
    const [event] = await query(`select actor from audit_event where action = 'principal.created' and subject = 'mia'`);
    expect(event).toEqual({ actor: 'amy' });
  });

  it('hold a role from the request after it was granted, and until the one after it was taken', async () => {
    const token = await addPerson(api.opened.db, { id: 'tom', project: 'elsewhere', roles: [] });
    const look = async () => (await api.ask(token, 'GET', `/v1/webhooks?project=${PROJECT}`)).status;
    expect(await look()).toBe(404);
    const grant = { principal: 'tom', role: 'ml-lead' };
    expect((await as(lead)('/v1/role-grants', grant)).status).toBe(201);
    expect(await look()).toBe(200);
    await as(lead)('/v1/role-grants', { principal: 'tom', role: 'viewer' });
    expect((await as(lead)('/v1/role-grants/revocations', grant)).status).toBe(200);
    expect(await look()).toBe(403);
  });

  it('get a role of one project by its admin only, never by themselves', async () => {
    const grant = { principal: 'ruth', role: 'legal' };
    expect((await as(api.tokens.ruth)('/v1/role-grants', grant)).status).toBe(403);
    expect((await as(lead)('/v1/role-grants?project=other', grant)).status).toBe(404);
    expect((await as(api.tokens.stranger)(`/v1/role-grants?project=${PROJECT}`, grant)).status).toBe(404);
    const own = await as(lead)('/v1/role-grants', { principal: 'lena', role: 'risk' });
    expect(own).toMatchObject({ status: 403, body: { detail: expect.stringMatching(/themselves/) } });
    expect((await as(lead)('/v1/role-grants', { principal: 'nobody', role: 'risk' })).status).toBe(404);
    // Whoever makes projects is heard in each, and cannot give themselves a part in it either.
    expect((await as(admin)(`/v1/role-grants?project=${PROJECT}`, grant)).status).toBe(201);
    expect((await as(admin)(`/v1/role-grants?project=${PROJECT}`, { ...grant, principal: 'amy' })).status).toBe(403);
  });

  it('hold roles of the project’s own, once an admin has declared them', async () => {
    const grant = { principal: 'leo', role: 'clinical-safety' };
    const unknown = await as(lead)('/v1/role-grants', grant);
    expect(unknown).toMatchObject({
      status: 422,
      body: { detail: expect.stringMatching(/has no role clinical-safety/) },
    });
    const role = { name: 'clinical-safety', meaning: 'Judges the risk to patients.' };
    expect((await as(api.tokens.ruth)('/v1/roles', role)).status).toBe(403);
    for (let again = 0; again < 2; again += 1) expect((await as(lead)('/v1/roles', role)).status).toBe(201);
    expect((await as(lead)('/v1/roles', { ...role, meaning: 'Something else.' })).status).toBe(409);
    expect((await as(lead)('/v1/roles', { ...role, name: 'risk' })).status).toBe(409);
    expect((await as(lead)('/v1/role-grants', grant)).status).toBe(201);
    const roles = roleListSchema.parse((await api.ask(api.tokens.ruth, 'GET', '/v1/roles')).body);
    expect(roles.own).toEqual([role]);
    expect(roles.holders).toContainEqual(expect.objectContaining(grant));
    const me = await api.ask(api.tokens.leo, 'GET', '/v1/whoami');
    expect(me.body['roles']).toContainEqual({ project: PROJECT, role: 'clinical-safety' });
    const elsewhere = await as(admin)('/v1/role-grants?project=elsewhere', grant);
    expect(elsewhere.status).toBe(422);
  });

  it('are listed to admins, each with the roles that they administer', async () => {
    expect((await api.ask(api.tokens.ruth, 'GET', '/v1/principals')).status).toBe(403);
    const listed = async (token: string) =>
      principalListSchema.parse((await api.ask(token, 'GET', '/v1/principals')).body).principals;
    const sam = (all: Awaited<ReturnType<typeof listed>>) => all.find(({ id }) => id === 'sam')?.roles;
    expect(sam(await listed(lead))).toEqual([]);
    expect(sam(await listed(admin))).toContainEqual({ project: 'other', role: 'auditor' });
  });

  it('get a password by a code that counts once, and nobody else knows it', async () => {
    const code = async () => issuedCodeSchema.parse((await as(admin)('/v1/principals/mia/codes', undefined)).body).code;
    expect((await as(lead)('/v1/principals/mia/codes', undefined)).status).toBe(404);
    const first = await code();
    expect(first).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}$/);
    const browser = openBrowser(app, PUBLIC_URL);
    const set = (typed: string) => browser.ask('POST', '/v1/auth/code', { code: typed, password: PASSWORD });
    expect((await set('WRNG-C0DE-WRNG-C0DE')).status).toBe(403);
    expect((await set(first.toLowerCase().replaceAll('-', ' '))).body).toEqual({
      principal: 'mia',
      displayName: 'Mia',
    });
    expect((await set(first)).status).toBe(403);
    expect((await browser.ask('POST', '/v1/auth/local', { account: 'mia', password: PASSWORD })).status).toBe(201);
    const all = JSON.stringify(await query('select * from audit_event'));
    expect(all).not.toContain(first);
  });

  it('attack 18: who is deactivated is told so at the next request, by token and by session, and may nothing', async () => {
    const token = await addPerson(api.opened.db, { id: 'dora', project: PROJECT, roles: ['risk', 'viewer'] });
    await givePassword(api.opened.db, 'dora');
    const browser = openBrowser(app, PUBLIC_URL);
    await browser.ask('POST', '/v1/auth/local', { account: 'dora', password: PASSWORD });
    expect((await browser.ask('GET', '/v1/runs')).status).toBe(200);
    expect((await as(lead)('/v1/principals/dora/deactivations', undefined)).status).toBe(404);
    expect((await as(admin)('/v1/principals/dora/deactivations', undefined)).status).toBe(200);
    for (const answer of [await browser.ask('GET', '/v1/runs'), await api.ask(token, 'GET', '/v1/runs')])
      expect(answer).toMatchObject({ status: 403, body: { detail: expect.stringMatching(/deactivated/) } });
    expect((await browser.ask('POST', '/v1/auth/local', { account: 'dora', password: PASSWORD })).status).toBe(401);
    expect((await as(lead)('/v1/role-grants', { principal: 'dora', role: 'risk' })).status).toBe(403);
    const actions = await query(
      `select action, count(*)::int as n from audit_event where actor = 'amy' and (subject = 'dora' or details ->> 'principal' = 'dora'
         or action = 'session.ended') group by action order by action`,
    );
    expect(actions).toEqual([
      { action: 'principal.deactivated', n: 1 },
      { action: 'role.revoked', n: 2 },
      { action: 'session.ended', n: 1 },
      { action: 'token.revoked', n: 1 },
    ]);

    expect((await as(admin)('/v1/principals/dora/reactivations', undefined)).status).toBe(200);
    expect((await browser.ask('POST', '/v1/auth/local', { account: 'dora', password: PASSWORD })).status).toBe(201);
    expect((await browser.ask('GET', '/v1/runs')).status).toBe(403);
    expect((await api.ask(token, 'GET', '/v1/runs')).status).toBe(401);
  });

  it('keep an admin: the last one neither goes nor is taken, also when two are taken at the same moment', async () => {
    expect((await as(admin)('/v1/installation-admins/revocations', { principal: 'amy' })).status).toBe(409);
    expect((await as(admin)('/v1/principals/amy/deactivations', undefined)).status).toBe(403);
    await as(admin)('/v1/installation-admins', { principal: 'mia' });
    const answers = await Promise.all(
      ['amy', 'mia'].map((principal) => as(admin)('/v1/installation-admins/revocations', { principal })),
    );
    const [{ n }] = (await query(`select count(*)::int as n from installation_admin where revoked_at is null`)) as [
      { n: number },
    ];
    expect(n, JSON.stringify(answers.map(({ status }) => status))).toBeGreaterThan(0);
  });
});

describe('the first admin', () => {
  let api: ApiUnderTest;
  let browser: ReturnType<typeof openBrowser>;
  beforeAll(async () => {
    api = await openApi();
    browser = openBrowser(api.appWith({ publicUrl: PUBLIC_URL }), PUBLIC_URL);
  });
  afterAll(() => api.close());

  const issue = async () => {
    const owner = createDatabase(api.database.ownerUrl);
    const code = readableCode(4);
    try {
      await issueForFirstAdmin(owner.db, codeSha256(code));
    } finally {
      await owner.close();
    }
    return code;
  };
  const claim = (code: string, account: string) =>
    browser.ask('POST', '/v1/auth/bootstrap', { code, account, displayName: 'Olga', password: PASSWORD });

  it('is made once, by a code of who owns the database', async () => {
    expect((await browser.ask('GET', '/v1/auth/options')).body['needsFirstAdmin']).toBe(true);
    expect((await claim('0000-0000-0000-0000', 'olga')).status).toBe(403);
    const [code, other] = [await issue(), await issue()];
    const both = await Promise.all([claim(code, 'olga'), claim(code, 'otto')]);
    expect(both.map(({ status }) => status).toSorted()).toEqual([201, 403]);
    const made = both.find(({ status }) => status === 201)?.body as { principal: string; token: string };
    expect(await claim(other, 'third')).toMatchObject({ status: 409 });
    await expect(issue()).rejects.toMatchObject({ code: 'CONFLICT' });
    expect((await browser.ask('GET', '/v1/auth/options')).body['needsFirstAdmin']).toBe(false);
    const me = await api.ask(made.token, 'GET', '/v1/whoami');
    expect(me.body).toMatchObject({ principal: made.principal, isInstallationAdmin: true, scopes: ['read', 'write'] });
    expect((await api.ask(made.token, 'POST', '/v1/projects', { id: 'inbox' })).status).toBe(201);
    expect((await api.ask(made.token, 'GET', '/v1/whoami')).body['roles']).toEqual([
      { project: 'inbox', role: 'admin' },
      { project: 'inbox', role: 'author' },
    ]);
    const signed = await browser.ask('POST', '/v1/auth/local', { account: made.principal, password: PASSWORD });
    expect(signed.status).toBe(201);
    const { rows } = await api.opened.pool.query(
      `select action from audit_event where actor = $1 and action in ('code.used', 'admin.granted') order by action`,
      [made.principal],
    );
    expect(rows).toEqual([{ action: 'admin.granted' }, { action: 'code.used' }]);
  });

  it('is not made by a code that is an hour old', async () => {
    const fresh = await openApi();
    const owner = createDatabase(fresh.database.ownerUrl);
    await owner.pool.query(
      `with made as (insert into one_time_code (sha256, purpose, expires_at) values ($1, 'first-admin', clock_timestamp()) returning id)
       insert into audit_event (actor, action, subject, event_key) select 'o', 'code.issued', id, 'code.issued/' || id from made`,
      [codeSha256('AAAA-BBBB')],
    );
    const there = openBrowser(fresh.appWith({ publicUrl: PUBLIC_URL }), PUBLIC_URL);
    const body = { code: 'AAAA-BBBB', account: 'olga', displayName: 'Olga', password: PASSWORD };
    expect((await there.ask('POST', '/v1/auth/bootstrap', body)).status).toBe(403);
    await owner.close();
    await fresh.close();
  });
});
